package gantry.bench.deploy;

import gantry.bench.deploy.Switchboard.Position;
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
  void useConnection() {
    long start = System.nanoTime();
    Position began = position();
    try (Connection connection = Connection.open(target().port())) {
      book(began, 0, start, webSocket ? connection.upgrade() : connection.greet());
      for (long sent = 0; !isStopped(); sent++) {
        connection.echo("line " + sent);
        ledger().done();
        think(MOST_THINKING_NANOS);
      }
    } catch (IOException e) {
      book(e, 0, start);
      think(MOST_THINKING_NANOS);
    }
  }
}
