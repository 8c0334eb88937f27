package gantry.proxy.traffic.switching;

import gantry.proxy.traffic.load.HttpConnection;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Sends one request after the other, in one of the ways that clients have. */
enum SwitchClient {
  /** A connection for each request. */
  NEW_CONNECTIONS {
    @Override
    void round(WireAddress proxy, Score score) throws IOException {
      long started = score.requestStarts();
      score.answered(started, HttpConnection.getOnce(proxy, "/new"));
    }
  },

  /** Many requests on one connection, as long as that is welcome; each may go elsewhere. */
  KEEP_ALIVE {
    @Override
    void round(WireAddress proxy, Score score) throws IOException {
      try (HttpConnection connection = new HttpConnection(proxy)) {
        for (int i = 0; i < REQUESTS_PER_CONNECTION && !connection.isOver(); i++) {
          long started = score.requestStarts();
          score.answered(started, connection.get("/keep-alive"));
        }
      }
    }
  },

  /** The same where the proxy sees only bytes: the connection stays where it began. */
  STAYING {
    @Override
    void round(WireAddress proxy, Score score) throws IOException {
      long started = score.requestStarts();
      try (HttpConnection connection = new HttpConnection(proxy)) {
        String first = connection.get("/staying");
        score.answered(started, first);
        for (int i = 1; i < REQUESTS_PER_CONNECTION; i++) {
          if (!connection.get("/staying").equals(first)) {
            score.mistake("moved to another backend");
          }
        }
      }
    }
  };

  private static final int REQUESTS_PER_CONNECTION = 200;

  /** One or more requests; a failure ends the round. */
  abstract void round(WireAddress proxy, Score score) throws IOException;

  /** Goes on until it is over. */
  void run(WireAddress proxy, Score score, BooleanSupplier over) {
    while (!over.getAsBoolean()) {
      try {
        round(proxy, score);
      } catch (IOException e) {
        score.mistake(this + " failed: " + e);
      }
    }
  }
}
