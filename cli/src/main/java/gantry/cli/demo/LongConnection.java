package gantry.cli.demo;

import gantry.api.Clock;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which a container sends a line each second, without end. Each line must come from
 * the same process and have the next number. Thread-safe.
 */
final class LongConnection implements AutoCloseable {
  private final Clock clock;
  private final HttpConnection connection;
  private final Server server;
  private final ProcessHandle process;
  private long lines = 1;
  private boolean ended;
  private @Nullable String fault;

  private LongConnection(Clock clock, HttpConnection connection, Server server) {
    this.clock = clock;
    this.connection = connection;
    this.server = server;
    this.process =
        ProcessHandle.of(server.pid())
            .orElseThrow(() -> new IllegalStateException(server + " is gone already"));
  }

  /** Returns after the first line. */
  static LongConnection open(Site site, Clock clock) throws IOException {
    HttpConnection connection = HttpConnection.open(site);
    try {
      connection.startStream("/stream");
      String first = connection.chunk();
      Server server = Server.parse(first.substring(0, Math.max(0, first.lastIndexOf(' '))));
      LongConnection opened = new LongConnection(clock, connection, server);
      Thread.startVirtualThread(opened::read);
      return opened;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  Server server() {
    return server;
  }

  /** The container's process; it may have ended. */
  ProcessHandle process() {
    return process;
  }

  synchronized long lines() {
    return lines;
  }

  /** What went wrong before {@link #end}. */
  synchronized Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /**
   * Ends it in both directions at once, by a reset, and tells when, on the monotonic clock. If only
   * this side said that it is done, the connection would last until the container noticed.
   */
  long end() throws IOException {
    synchronized (this) {
      ended = true;
    }
    long at = clock.monotonicNanos();
    connection.reset();
    return at;
  }

  @Override
  public void close() throws IOException {
    end();
  }

  private void read() {
    try {
      while (true) {
        String line = connection.chunk();
        String expected = "v" + server.release() + " " + server.pid() + " " + lines();
        if (!line.equals(expected)) {
          throw new IOException("expected line '" + expected + "', got '" + line + "'");
        }
        synchronized (this) {
          lines++;
        }
      }
    } catch (IOException | NumberFormatException e) {
      failed(e);
    }
  }

  private synchronized void failed(Exception e) {
    if (!ended) {
      fault = "after " + lines + " lines: " + e;
    }
  }
}
