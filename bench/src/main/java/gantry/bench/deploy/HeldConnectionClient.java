package gantry.bench.deploy;

import java.io.IOException;

/** Holds one connection over all switches and has lines sent back on it; opens another if lost. */
final class HeldConnectionClient extends Client {
  private static final long MOST_THINKING_NANOS = 10_000_000;

  private final boolean webSocket;

  /**
   * A client.
   *
   * @param webSocket whether the connection begins as an HTTP request that is upgraded
   */
  HeldConnectionClient(Target target, Switchboard board, Ledger ledger, boolean webSocket) {
    super(target, board, ledger);
    this.webSocket = webSocket;
  }

  @Override
  void useConnection() throws IOException {
    Start start = start(false);
    try (Opening opening = new Opening(target())) {
      if (book(start, () -> open(opening.connect()))) {
        hold(opening.connect(), start);
      }
    }
    think(MOST_THINKING_NANOS);
  }

  private String open(Connection connection) throws IOException {
    return webSocket ? connection.upgrade() : connection.greet();
  }

  private void hold(Connection connection, Start start) {
    boolean open = true;
    for (long sent = 0; open && !isStopped(); sent++) {
      String line = "line " + sent;
      open = book(start, () -> connection.echo(line));
      think(MOST_THINKING_NANOS);
    }
  }
}
