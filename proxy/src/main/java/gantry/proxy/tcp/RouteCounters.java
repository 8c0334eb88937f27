package gantry.proxy.tcp;

import gantry.proxy.metrics.CountersSource;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What all loops together count of one backend of a route. Any thread may read. */
public final class RouteCounters implements CountersSource {
  private final BackendCounters[] loops;

  /** Starts from zero. */
  public RouteCounters(int loops) {
    this.loops = Stream.generate(BackendCounters::new).limit(loops).toArray(BackendCounters[]::new);
  }

  /** What one loop counts. */
  public BackendCounters on(int loop) {
    return loops[loop];
  }

  /** Connections, or requests, that are open. */
  public long open() {
    long ended = sum(BackendCounters::ended);
    return Math.max(0, assigned() - ended);
  }

  @Override
  public long assigned() {
    return sum(BackendCounters::opened);
  }

  @Override
  public long bytesToBackend() {
    return sum(BackendCounters::bytesUp);
  }

  @Override
  public long bytesToClients() {
    return sum(BackendCounters::bytesDown);
  }

  @Override
  public long connectFailures() {
    return sum(BackendCounters::connectFailures);
  }

  @Override
  public long answers(int hundreds) {
    return sum(loop -> loop.requests(hundreds));
  }

  @Override
  public long latencies(int bucket) {
    return sum(loop -> loop.latencies(bucket));
  }

  @Override
  public int latencyBuckets() {
    return BackendCounters.BUCKETS;
  }

  @Override
  public long latencyMicros() {
    return sum(BackendCounters::latencyMicros);
  }

  private long sum(ToLongFunction<BackendCounters> number) {
    long sum = 0;
    for (BackendCounters loop : loops) {
      sum += number.applyAsLong(loop);
    }
    return sum;
  }
}
