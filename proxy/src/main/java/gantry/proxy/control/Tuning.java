package gantry.proxy.control;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How the process works, as far as somebody said so.
 *
 * @param transport what carries the traffic
 * @param loops event loops, 1 to {@link #MAX_LOOPS}
 * @param metrics where figures are to be had by HTTP
 * @param grace how long SIGTERM waits for connections to end
 */
public record Tuning(
    Optional<Transport> transport,
    Optional<Integer> loops,
    Optional<WireAddress> metrics,
    Optional<Duration> grace) {
  /** Most event loops. */
  public static final int MAX_LOOPS = 64;

  /** Longest time to wait for connections. */
  public static final Duration MAX_GRACE = Duration.ofDays(1);

  /** Nothing was said. */
  public static final Tuning NONE =
      new Tuning(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What holds when neither command line nor file says so: system properties, for experiments. */
  static Tuning fallback() {
    return new Tuning(
        Optional.ofNullable(System.getProperty("gantry.proxy.transport")).map(Tuning::transport),
        Optional.ofNullable(Integer.getInteger("gantry.proxy.loops")),
        Optional.empty(),
        Optional.empty());
  }

  /** This, and what it does not say from another. */
  public Tuning or(Tuning other) {
    return new Tuning(
        transport.or(other::transport),
        loops.or(other::loops),
        metrics.or(other::metrics),
        grace.or(other::grace));
  }

  /**
   * Reads a transport's name; {@code auto} is the best that this machine has.
   *
   * @throws IllegalArgumentException when the name is none, or this machine does not have it
   */
  public static Transport transport(String name) {
    Transport transport =
        switch (name) {
          case "auto" -> Transport.best();
          case "io_uring" -> Transport.IO_URING;
          case "epoll" -> Transport.EPOLL;
          default -> throw new IllegalArgumentException("auto, io_uring or epoll");
        };
    if (!transport.isAvailable()) {
      throw new IllegalArgumentException(
          "auto or epoll, because this machine's kernel has or allows no io_uring");
    }
    return transport;
  }

  /**
   * Reads where figures are to be had: {@code HOST:PORT}, or a port on 127.0.0.1.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static WireAddress metrics(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon).replaceAll("[\\[\\]]", "");
    String port = text.substring(colon + 1);
    if (port.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(port);
      if (number >= 1 && number <= 65_535) {
        return WireAddress.of(host, number);
      }
    }
    throw new IllegalArgumentException("'" + text + "' has no port from 1 to 65535");
  }
}
