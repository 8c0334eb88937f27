package gantry.proxy.client;

import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireFields;
import java.io.Closeable;
import java.io.IOException;

/** A stream of events from a living proxy. One reader; any thread may close it. */
public final class ProxyWatch implements Closeable {
  private final ControlConnection connection;

  ProxyWatch(ControlConnection connection) {
    this.connection = connection;
  }

  /**
   * Waits until something happened: a backend's count fell to zero, or events were missed.
   *
   * @throws IOException when the proxy is gone, or silent for {@link Protocol#SILENCE_LIMIT}
   */
  public void await() throws IOException {
    while (true) {
      WireFields event = new WireFields("event", connection.receive(Protocol.SILENCE_LIMIT));
      if (!event.text("event").equals("alive")) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
