package gantry.proxy.metrics;

/**
 * What was counted for one backend of one route since the process began, summed over event loops.
 * Every number only grows. Any thread may read; what is counted meanwhile may be missing.
 */
public interface CountersSource {
  /** Connections, or with HTTP requests, that were given to the backend. */
  long assigned();

  /** Bytes from clients to the backend. */
  long bytesToBackend();

  /** Bytes from the backend to clients. */
  long bytesToClients();

  /** Connects to the backend that failed or took too long. */
  long connectFailures();

  /**
   * Answers of a class that reached the client.
   *
   * @param hundreds 1 to 5, as the first digit of the status
   */
  long answers(int hundreds);

  /**
   * Answers that began less than {@code 1 << bucket} microseconds after their request's head was
   * complete, and not less than half of that; the last bucket has all others.
   */
  long latencies(int bucket);

  /** How many buckets there are. */
  int latencyBuckets();

  /** The sum of all latencies. */
  long latencyMicros();
}
