package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What can be told of a connection that a backend has. Asked on its loop. */
public interface OpenConnection {
  /** The client; null when its connection is broken. */
  @Nullable InetSocketAddress clientAddress();

  /** Where it came in; null when its client is gone. */
  @Nullable WireAddress listenerAddress();

  /** Bytes that came from the client. */
  long bytesToBackend();

  /** Bytes that came from the backend. */
  long bytesToClient();

  /** When the last byte came, by the monotonic clock. */
  long lastByteNanos();
}
