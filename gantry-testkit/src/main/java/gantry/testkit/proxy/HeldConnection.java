package gantry.testkit.proxy;

import java.util.Optional;

/** A client's connection through a proxy, held until it is closed. */
public interface HeldConnection extends AutoCloseable {
  /** The backend that it reached; empty when the proxy accepted and closed it at once. */
  Optional<String> backend();

  /** Whether it still works from end to end; a byte goes there and back to find out. */
  boolean isAlive();

  /** Ends it from the client's side; a second call does nothing. */
  @Override
  void close();
}
