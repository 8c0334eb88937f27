package gantry.bench.deploy;

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
    Start opened = start(true);
    try (Opening opening = new Opening(target())) {
      if (book(opened, () -> opening.connect().ask(opened.request(), false))) {
        goOn(opening.connect(), opened);
      }
    }
  }

  private void goOn(Connection connection, Start opened) throws IOException {
    for (int sent = 1; sent < MOST_REQUESTS && !isStopped(); sent++) {
      think(MOST_THINKING_NANOS);
      if (!connection.mayBeUsedAgain()) {
        ledger().closedBetween();
        return;
      }
      Start start = target().layer() == Layer.HTTP ? start(true) : opened.next();
      if (!book(start, () -> connection.ask(start.request(), false))) {
        return;
      }
    }
  }
}
