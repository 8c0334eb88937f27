package gantry.testkit.server;

/**
 * How a test's own engine differs from an ordinary one.
 *
 * @param liveRestore whether its containers go on while it is away and are found again; without,
 *     they end with it
 * @param diskMegabytes size of the disk of its own that it keeps everything on; 0 for the machine's
 * @param downloadAttempts how often it tries to get a layer, with some seconds in between
 */
public record EngineSetup(boolean liveRestore, int diskMegabytes, int downloadAttempts) {
  /** What an engine does that nobody has configured. */
  public static final EngineSetup ORDINARY = new EngineSetup(false, 0, 5);

  /** The same with containers that outlive it. */
  public EngineSetup withLiveRestore() {
    return new EngineSetup(true, diskMegabytes, downloadAttempts);
  }

  /** The same on a disk of its own. */
  public EngineSetup withDisk(int megabytes) {
    return new EngineSetup(liveRestore, megabytes, downloadAttempts);
  }

  /** The same with another number of attempts at a download. */
  public EngineSetup withDownloadAttempts(int attempts) {
    return new EngineSetup(liveRestore, diskMegabytes, attempts);
  }

  /** The engine's configuration file. */
  String daemonJson() {
    return "{\"live-restore\": %s, \"max-download-attempts\": %d}"
        .formatted(liveRestore, downloadAttempts);
  }
}
