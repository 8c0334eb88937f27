package gantry.proxy.http;

import java.time.Duration;

/** Limits that no route sets. */
final class HttpLimits {
  /** How long a client that got its last answer is listened to, so that no reset overtakes it. */
  static final Duration LINGER = Duration.ofSeconds(2);

  /** How long a backend's connection is kept without a request. */
  static final Duration IDLE_BACKEND = Duration.ofSeconds(60);

  /** Idle connections that a loop keeps for one backend. */
  static final int IDLE_BACKENDS = 64;

  /**
   * A request that must not be sent twice takes an idle connection only if that was used so shortly
   * before; a longer idle one may be about to be closed by the backend.
   */
  static final Duration FRESH = Duration.ofSeconds(1);

  /** How long an answer may take before the client is looked after. */
  static final Duration WATCH_AFTER = Duration.ofMillis(250);

  /** Pause between two tries to find a backend for a client that is held. */
  static final Duration HOLD_RETRY = Duration.ofMillis(250);

  /** Rest of a body from which on it is spliced. */
  static final long BULK_BYTES = 128 * 1024;

  /** Bodies without a length are bulk after so many full chunks in a row. */
  static final int FULL_CHUNKS = 3;

  /** What counts as a full chunk. */
  static final int FULL_BYTES = 60 * 1024;

  /** Silence after which the kernel asks whether the peer of an upgraded connection lives. */
  static final int KEEPALIVE_IDLE_SECONDS = 60;

  /** Pause between such questions. */
  static final int KEEPALIVE_INTERVAL_SECONDS = 15;

  /** Unanswered questions after which the connection counts as dead. */
  static final int KEEPALIVE_PROBES = 4;

  private HttpLimits() {}
}
