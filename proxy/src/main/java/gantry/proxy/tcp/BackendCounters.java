package gantry.proxy.tcp;

/**
 * What one loop counts of one backend of a route for the metrics. Written by that loop alone, with
 * plain additions; other threads may read, and see values that are a little old.
 */
public final class BackendCounters {
  /** Classes of statuses, of which 1 to 5 are used. */
  public static final int CLASSES = 6;

  /** Buckets of the latency histogram. */
  public static final int BUCKETS = 32;

  private final long[] requests = new long[CLASSES];
  private final long[] latencies = new long[BUCKETS];
  private long latencyMicros;
  private long opened;
  private long ended;
  private long connectFailures;
  private long bytesUp;
  private long bytesDown;

  BackendCounters() {}

  /** Connections, or requests, that were given to the backend. */
  public long opened() {
    return opened;
  }

  /** Those of them that have ended. */
  public long ended() {
    return ended;
  }

  /** Answers of a class: 2 for 200 to 299. Interim answers count too. */
  public long requests(int statusClass) {
    return requests[statusClass];
  }

  /**
   * Answers that began less than {@code 1 << bucket} microseconds after their request's head was
   * complete, and not less than half of that; the last bucket has all others.
   */
  public long latencies(int bucket) {
    return latencies[bucket];
  }

  /** The sum of all latencies in microseconds. */
  public long latencyMicros() {
    return latencyMicros;
  }

  /** Connects that were refused, timed out or failed otherwise. */
  public long connectFailures() {
    return connectFailures;
  }

  /** Bytes sent to the backend. */
  public long bytesUp() {
    return bytesUp;
  }

  /** Bytes sent to clients. */
  public long bytesDown() {
    return bytesDown;
  }

  void countOpened() {
    opened++;
  }

  void countEnded() {
    ended++;
  }

  /** Counts an answer by its status. */
  public void answered(int status) {
    requests[Math.clamp(status / 100, 1, CLASSES - 1)]++;
  }

  /** Counts the time from a complete request head to the first bytes of the final answer. */
  public void latency(long nanos) {
    long micros = Math.max(nanos, 0) / 1000;
    latencyMicros += micros;
    latencies[Math.min(Long.SIZE - Long.numberOfLeadingZeros(micros), BUCKETS - 1)]++;
  }

  /** Counts a connect that failed. */
  public void connectFailed() {
    connectFailures++;
  }

  /** Counts bytes that were sent on. */
  public void moved(boolean up, long bytes) {
    if (up) {
      bytesUp += bytes;
    } else {
      bytesDown += bytes;
    }
  }
}
