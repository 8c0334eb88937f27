package gantry.proxy.tcp;

import gantry.proxy.io.Socket;
import java.time.Duration;

/** Every limit of the data plane. */
final class Limits {
  /** Connections that the kernel keeps for a listener until they are accepted. */
  static final int BACKLOG = 4096;

  /**
   * Open client connections of the whole proxy; one more is reset. Each takes 3 KB of heap, 200 MB
   * of the 512 that the plugin grants.
   */
  static final int MAX_CONNECTIONS = 65_536;

  /** Event loops: more than this moves no more bytes on the machines that this is made for. */
  static final int MAX_LOOPS = 8;

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

  /** Age at which a backend's connection begins to be asked whether it lives. */
  static final Duration KEEPALIVE_AFTER = Duration.ofSeconds(20);

  /** How long a side is not read before its resets are watched for. */
  static final Duration WATCH_AFTER = Duration.ofMillis(250);

  /** Pause between two tries to find a backend for a client that is held. */
  static final Duration HOLD_RETRY = Duration.ofMillis(250);

  private Limits() {}

  /** Has the kernel ask a silent peer whether it still lives. */
  static void keepAlive(Socket socket) {
    socket.keepAlive(
        (int) KEEPALIVE_IDLE.toSeconds(), (int) KEEPALIVE_INTERVAL.toSeconds(), KEEPALIVE_PROBES);
  }
}
