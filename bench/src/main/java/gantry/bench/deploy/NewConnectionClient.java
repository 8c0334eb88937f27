package gantry.bench.deploy;

/** Sends each request on a connection of its own. */
final class NewConnectionClient extends Client {
  private static final long MOST_THINKING_NANOS = 2_000_000;

  NewConnectionClient(Target target, Switchboard board, Ledger ledger) {
    super(target, board, ledger);
  }

  @Override
  void useConnection() {
    Start start = start(true);
    book(
        start,
        () -> {
          try (Connection connection = Connection.open(target().port())) {
            return connection.ask(start.request(), true);
          }
        });
    think(MOST_THINKING_NANOS);
  }
}
