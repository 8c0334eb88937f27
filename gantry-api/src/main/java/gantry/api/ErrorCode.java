package gantry.api;

/**
 * The kinds of failure that callers can tell apart. The names are stable: they appear in {@code
 * --output json} and scripts may rely on them. Each maps to the exit code of the command that it
 * ends.
 */
public enum ErrorCode {
  /** A defect in Gantry or in a plugin. */
  INTERNAL(1),
  /** The command line itself is wrong. */
  USAGE(2),
  /** A configuration file or a configured value is wrong; nothing was changed. */
  BAD_CONFIGURATION(3),
  /** A plugin jar cannot be used: corrupt, wrong SPI version, throwing, or a kind twice. */
  BAD_PLUGIN(4),
  /** The container engine does not answer. Nothing is known about containers; a retry may help. */
  ENGINE_UNREACHABLE(4),
  /** The container engine answered with an error. */
  ENGINE_REFUSED(4),
  /** No container has this id any more. */
  CONTAINER_NOT_FOUND(4),
  /** The registry, or the folder of images, has no such image. */
  IMAGE_NOT_FOUND(4),
  /** The registry wants other credentials for this image. */
  IMAGE_ACCESS_DENIED(4),
  /** The registry does not answer; a retry may help. */
  REGISTRY_UNREACHABLE(4),
  /** The coordinator does not answer and the call had no effect; a retry is safe. */
  COORDINATOR_UNREACHABLE(4),
  /** A write was sent but its answer was lost: read back before deciding anything. */
  OUTCOME_UNKNOWN(4),
  /** The session's lease has ended; its keys are gone or going. Open a new session. */
  SESSION_LOST(4),
  /** The proxy process does not answer. This never means that it has no connections. */
  PROXY_UNREACHABLE(4),
  /** A listener's address belongs to another owner or to another program. */
  LISTENER_TAKEN(4),
  /** Another process is at work on the same component of this machine. */
  BUSY(4),
  /** A named project, component or machine does not exist. */
  NOT_FOUND(3),
  /** The new revision failed; the old containers go on serving. */
  ROLLOUT_FAILED(5),
  /** The time that the caller allowed has passed. */
  TIMED_OUT(6);

  private final int exitCode;

  ErrorCode(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The process exit code of a command that ends with this failure, 1 to 6. */
  public int exitCode() {
    return exitCode;
  }
}
