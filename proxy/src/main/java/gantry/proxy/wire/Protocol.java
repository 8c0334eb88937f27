package gantry.proxy.wire;

import java.time.Duration;
import java.util.List;

/** The numbers and words that both sides of the control socket must agree on. */
public final class Protocol {
  /** Version of requests and answers. */
  public static final int VERSION = 1;

  /** Longest line in either direction; 256 routes with 64 backends each stay below it. */
  public static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  /** How often a watcher hears from a proxy that has nothing to tell. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** A watcher that heard nothing for so long takes the proxy for dead. */
  public static final Duration SILENCE_LIMIT = Duration.ofSeconds(5);

  /** The request itself is wrong. */
  public static final String BAD_REQUEST = "BAD_REQUEST";

  /** A listener's address belongs to another owner or program. */
  public static final String LISTENER_TAKEN = "LISTENER_TAKEN";

  /** The proxy could not do it: disk, memory, a limit. */
  public static final String FAILED = "FAILED";

  /** Not now: connections are open. */
  public static final String BUSY = "BUSY";

  /** What a proxy of this version can be asked for. */
  public static final List<String> COMMANDS =
      List.of(
          "apply",
          "connections",
          "handover",
          "hello",
          "metrics",
          "routes",
          "status",
          "stop",
          "watch");

  private Protocol() {}
}
