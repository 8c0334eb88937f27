package gantry.bench.speed;

import gantry.bench.peer.Layer;
import java.util.ArrayList;
import java.util.List;

/** What is measured, and what Gantry has to reach in it. */
@SuppressWarnings("ImmutableEnumChecker") // all kinds of Load are immutable records
enum Workload {
  L4_KEEPALIVE("l4-keepalive", Layer.TCP, 1, Load.Answers.SMALL, 1.2, 0.7),
  L4_NEW("l4-new", Layer.TCP, 1, Load.Answers.SMALL_NEW, 1.15, 0.8),
  L4_BULK("l4-bulk", Layer.TCP, 1, Load.Answers.LARGE, 1.0, 0.8),
  L4_IPERF1("l4-iperf1", Layer.TCP, 1, new Load.Streams(1), 1.0, 0.8),
  L4_IPERF8("l4-iperf8", Layer.TCP, 1, new Load.Streams(8), 1.0, 0.8),
  L7_KEEPALIVE("l7-keepalive", Layer.HTTP, 1, Load.Answers.SMALL, 1.25, 0.65),
  L7_NEW("l7-new", Layer.HTTP, 1, Load.Answers.SMALL_NEW, 1.1, 0.8),
  L7_BULK("l7-bulk", Layer.HTTP, 1, Load.Answers.LARGE, 1.0, 0.8),
  L4_KEEPALIVE_2("l4-keepalive-2", Layer.TCP, 2, Load.Answers.SMALL, 1.2, 0.7),
  L4_NEW_2("l4-new-2", Layer.TCP, 2, Load.Answers.SMALL_NEW, 1.15, 0.8),
  L7_KEEPALIVE_2("l7-keepalive-2", Layer.HTTP, 2, Load.Answers.SMALL, 1.25, 0.65),
  L7_NEW_2("l7-new-2", Layer.HTTP, 2, Load.Answers.SMALL_NEW, 1.1, 0.8),
  L4_IDLE("l4-idle", Layer.TCP, 1, new Load.Idle(), 1.0, 1.0),
  L7_IDLE("l7-idle", Layer.HTTP, 1, new Load.Idle(), 1.0, 1.0);

  /** One of each kind. */
  static final List<Workload> QUICK =
      List.of(L4_KEEPALIVE, L4_IPERF1, L7_KEEPALIVE, L7_NEW, L4_IDLE);

  /** The bars of epoll, which are the same everywhere. */
  private static final double EPOLL_RATE = 1.0;

  private static final double EPOLL_CPU = 0.95;
  private static final double LATENCY = 1.0;
  private static final double MEMORY = 1.0;
  private static final double FLOOR_BYTES = 90e6;

  private final String id;
  private final Layer layer;
  private final int loops;
  private final Load load;
  private final double rateAtLeast;
  private final double cpuAtMost;

  Workload(String id, Layer layer, int loops, Load load, double rateAtLeast, double cpuAtMost) {
    this.id = id;
    this.layer = layer;
    this.loops = loops;
    this.load = load;
    this.rateAtLeast = rateAtLeast;
    this.cpuAtMost = cpuAtMost;
  }

  String id() {
    return id;
  }

  Layer layer() {
    return layer;
  }

  int loops() {
    return loops;
  }

  Load load() {
    return load;
  }

  /** Whether several variants of HAProxy are measured, because which is its best is unknown. */
  boolean isBulk() {
    return switch (load) {
      case Load.Answers answers -> answers.isBulk();
      case Load.Streams streams -> true;
      case Load.Idle idle -> false;
    };
  }

  /** The bars for one of Gantry's transports. */
  List<Bar> bars(boolean epoll) {
    if (load instanceof Load.Idle) {
      return List.of(
          Bar.ratio(Metric.PER_CONNECTION, MEMORY), Bar.value(Metric.FLOOR, FLOOR_BYTES));
    }
    List<Bar> bars = new ArrayList<>();
    for (Metric metric : load.metrics()) {
      switch (metric) {
        case REQUESTS, BYTES -> bars.add(Bar.ratio(metric, epoll ? EPOLL_RATE : rateAtLeast));
        case CPU_PER_REQUEST, CPU_PER_GB ->
            bars.add(Bar.ratio(metric, epoll ? EPOLL_CPU : cpuAtMost));
        case P99 -> bars.add(Bar.ratio(metric, LATENCY));
        case P50, FLOOR, FRESH, PER_CONNECTION -> {}
      }
    }
    return bars;
  }

  /** What it is, in a line. */
  String title(Settings settings) {
    String proxy =
        (layer == Layer.TCP ? "L4" : "L7") + ", " + (loops == 1 ? "one loop" : loops + " loops");
    String what =
        switch (load) {
          case Load.Answers answers -> describe(answers, settings.connections());
          case Load.Streams streams -> "iperf3, " + streams.count() + " streams";
          case Load.Idle idle -> settings.idleConnections() + " idle connections";
        };
    return id + ": " + proxy + ", " + what;
  }

  private static String describe(Load.Answers answers, int connections) {
    return "answers of %,d bytes, %s"
        .formatted(
            answers.bodyBytes(),
            answers.newConnections()
                ? "a new connection per request, " + connections + " at once"
                : connections + " keep-alive connections");
  }
}
