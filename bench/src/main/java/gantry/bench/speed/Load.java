package gantry.bench.speed;

import gantry.bench.peer.Origin;
import java.util.List;

/** What clients do. */
sealed interface Load {
  /** What is measured of it; the first one is the one that it is about. */
  List<Metric> metrics();

  /** Requests as fast as they are answered. */
  record Answers(String path, int bodyBytes, boolean newConnections) implements Load {
    static final Answers SMALL = new Answers(Origin.SMALL, Origin.SMALL_BYTES, false);
    static final Answers SMALL_NEW = new Answers(Origin.SMALL, Origin.SMALL_BYTES, true);
    static final Answers LARGE = new Answers(Origin.LARGE, Origin.LARGE_BYTES, false);

    boolean isBulk() {
      return bodyBytes == Origin.LARGE_BYTES;
    }

    @Override
    public List<Metric> metrics() {
      return isBulk()
          ? List.of(Metric.BYTES, Metric.CPU_PER_GB, Metric.P50, Metric.P99)
          : List.of(Metric.REQUESTS, Metric.CPU_PER_REQUEST, Metric.P50, Metric.P99);
    }
  }

  /** Bytes as fast as they are taken, client to server. */
  record Streams(int count) implements Load {
    @Override
    public List<Metric> metrics() {
      return List.of(Metric.BYTES, Metric.CPU_PER_GB);
    }
  }

  /** Connections that have done one request each, and do nothing. */
  record Idle() implements Load {
    @Override
    public List<Metric> metrics() {
      return List.of(Metric.PER_CONNECTION, Metric.FLOOR, Metric.FRESH);
    }
  }
}
