package gantry.bench.deploy;

import gantry.bench.deploy.Switchboard.Position;
import gantry.bench.peer.Layer;
import java.io.IOException;

/** Sends some hundred requests on each connection, and takes a new one when it was closed. */
final class KeepAliveClient extends Client {
  private static final int MOST_REQUESTS = 200;
  private static final long MOST_THINKING_NANOS = 4_000_000;

  KeepAliveClient(Target target, Switchboard board, Ledger ledger) {
    super(target, board, ledger);
  }

  @Override
  void useConnection() throws IOException {
    long request = nextRequest();
    long start = System.nanoTime();
    Position began = position();
    try (Connection connection = Connection.open(target().port())) {
      if (ask(connection, request, start, began)) {
        goOn(connection, start, began);
      }
    } catch (IOException e) {
      book(e, request, start);
    }
  }

  private void goOn(Connection connection, long opened, Position openedAt) throws IOException {
    for (int sent = 1; sent < MOST_REQUESTS && !isStopped(); sent++) {
      think(MOST_THINKING_NANOS);
      if (!connection.mayBeUsedAgain()) {
        ledger().closedBetween();
        return;
      }
      boolean each = target().layer() == Layer.HTTP;
      long start = each ? System.nanoTime() : opened;
      if (!ask(connection, nextRequest(), start, each ? position() : openedAt)) {
        return;
      }
    }
  }

  /** Returns whether it was answered. */
  private boolean ask(Connection connection, long request, long start, Position began) {
    try {
      book(began, request, start, connection.ask(request, false));
      return true;
    } catch (IOException e) {
      book(e, request, start);
      return false;
    }
  }
}
