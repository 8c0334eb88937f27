package gantry.bench.deploy;

import gantry.bench.deploy.Switchboard.Position;
import java.io.IOException;

/** Sends each request on a connection of its own. */
final class NewConnectionClient extends Client {
  private static final long MOST_THINKING_NANOS = 2_000_000;

  NewConnectionClient(Target target, Switchboard board, Ledger ledger) {
    super(target, board, ledger);
  }

  @Override
  void useConnection() {
    long request = nextRequest();
    long start = System.nanoTime();
    Position began = position();
    try (Connection connection = Connection.open(target().port())) {
      book(began, request, start, connection.ask(request, true));
    } catch (IOException e) {
      book(e, request, start);
    }
    think(MOST_THINKING_NANOS);
  }
}
