package gantry.bench.peer;

import java.nio.file.Path;
import java.util.List;

/** The contenders. */
public final class Peers {
  /** Against whose figures ratios are formed; its variants' names begin with this. */
  public static final String REFERENCE = "haproxy";

  private Peers() {}

  /** Each proxy in the one way in which it is measured for small answers. */
  public static List<Peer> forSmallAnswers(Path distribution) {
    return List.of(
        new Direct(),
        Haproxy.PLAIN,
        new Nginx(),
        new Caddy(),
        new Gantry(distribution, "io_uring"),
        new Gantry(distribution, "epoll"));
  }

  /** With every way of HAProxy that may be its best for large answers. */
  public static List<Peer> forLargeAnswers(Path distribution) {
    return List.of(
        new Direct(),
        Haproxy.PLAIN,
        Haproxy.LARGE_BUFFERS,
        Haproxy.SPLICE_AUTO,
        Haproxy.SPLICE,
        new Nginx(),
        new Caddy(),
        new Gantry(distribution, "io_uring"),
        new Gantry(distribution, "epoll"));
  }
}
