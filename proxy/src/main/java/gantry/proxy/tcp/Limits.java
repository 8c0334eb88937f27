package gantry.proxy.tcp;

import java.time.Duration;

/** Every limit of the data plane. */
final class Limits {
  /** How long a backend may take to accept before the next one is tried. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Connections that the kernel keeps for a listener until they are accepted. */
  static final int BACKLOG = 4096;

  /**
   * Open client connections of the whole proxy; one more is reset. Each takes 3 KB of heap, 200 MB
   * of the 512 that the plugin grants.
   */
  static final int MAX_CONNECTIONS = 65_536;

  /** Event loops: more than this moves no more bytes on the machines that this is made for. */
  static final int MAX_LOOPS = 8;

  /** Largest read; 64 KB moves a third more than 16 KB. */
  static final int LARGE_READ_BYTES = 64 * 1024;

  /** Largest read of an event loop whose peers have stalled with {@link #HELD_BYTES}. */
  static final int SMALL_READ_BYTES = 2 * 1024;

  /** Bytes that one event loop holds for stalled peers before it reads in small portions. */
  static final long HELD_BYTES = 16L * 1024 * 1024;

  /** How long accepting rests after it failed, usually for lack of file descriptors. */
  static final Duration ACCEPT_REST = Duration.ofMillis(200);

  /** How long to wait for all event loops to take note of a new table. */
  static final Duration SWITCH_TIMEOUT = Duration.ofSeconds(4);

  /** Silence after which the kernel asks whether the peer still lives. */
  static final Duration KEEPALIVE_IDLE = Duration.ofSeconds(60);

  /** Pause between such questions. */
  static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(15);

  /** Unanswered questions after which the connection counts as dead. */
  static final int KEEPALIVE_PROBES = 4;

  /** At most one line about failing backends per event loop in this time. */
  static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private Limits() {}
}
