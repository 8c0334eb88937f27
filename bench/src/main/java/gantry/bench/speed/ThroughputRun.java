package gantry.bench.speed;

import gantry.bench.load.Iperf;
import gantry.bench.load.Outcome;
import gantry.bench.load.Probe;
import gantry.bench.load.Wrk;
import gantry.bench.peer.Origin;
import gantry.bench.peer.Peer;
import gantry.bench.peer.Scene;
import gantry.bench.peer.Started;
import gantry.bench.run.CpuWatch;
import gantry.bench.run.Scratch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures one workload: all contenders run side by side from its start to its end, and take turns
 * with the load.
 */
final class ThroughputRun {
  private static final int SPARE_CONNECTIONS = 900;

  private final Scratch scratch;
  private final Workload workload;
  private final Settings settings;
  private final Client client;

  ThroughputRun(Scratch scratch, Workload workload, Settings settings) {
    this.scratch = scratch;
    this.workload = workload;
    this.settings = settings;
    this.client = client();
  }

  List<Sample> run() {
    Scene scene =
        new Scene(
            workload.layer(),
            workload.loops(),
            settings.connections() + SPARE_CONNECTIONS,
            client.serverPort());
    List<Started> contenders = new ArrayList<>();
    for (Peer peer : Contenders.in(workload, settings)) {
      contenders.add(peer.start(scratch, scene));
    }
    try {
      contenders.forEach(this::warmUp);
      return measure(contenders);
    } finally {
      contenders.forEach(started -> started.process().ifPresent(scratch::end));
    }
  }

  private void warmUp(Started contender) {
    client.check(contender);
    if (settings.warmUpSeconds() > 0) {
      client.load(contender.port(), settings.warmUpSeconds());
    }
  }

  private List<Sample> measure(List<Started> contenders) {
    List<Sample> samples = new ArrayList<>();
    for (int repetition = 0; repetition < settings.repetitions(); repetition++) {
      for (Started contender : Contenders.rotated(contenders, repetition)) {
        Sample sample = measure(contender);
        samples.add(sample);
        Progress.say(
            "%s %d/%d  %s"
                .formatted(
                    workload.id(),
                    repetition + 1,
                    settings.repetitions(),
                    sample.line(workload.load().metrics())));
      }
    }
    contenders.forEach(client::check);
    return samples;
  }

  private Sample measure(Started contender) {
    CpuWatch watch = new CpuWatch();
    double cpuBefore = contender.cpuSeconds();
    Outcome outcome = client.load(contender.port(), settings.seconds());
    double cpu = contender.cpuSeconds() - cpuBefore;
    double others = watch.shareOfOthers();
    contender.requireAlive();
    return new Sample(
        contender.name(),
        values(outcome, contender.process().isPresent(), cpu),
        outcome.problems(),
        contender.concern(),
        others);
  }

  private Map<Metric, Double> values(Outcome outcome, boolean hasProxy, double cpu) {
    double units = outcome.units() * client.unitsPerOutcome();
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : workload.load().metrics()) {
      switch (metric) {
        case REQUESTS, BYTES -> values.put(metric, units / outcome.seconds());
        case CPU_PER_REQUEST -> putCpu(values, metric, hasProxy, cpu / units);
        case CPU_PER_GB -> putCpu(values, metric, hasProxy, cpu / units * 1e9);
        case P50 -> values.put(metric, outcome.p50Micros() / 1e6);
        case P99 -> values.put(metric, outcome.p99Micros() / 1e6);
        case FLOOR, FRESH, PER_CONNECTION -> {}
      }
    }
    return values;
  }

  private static void putCpu(
      Map<Metric, Double> values, Metric metric, boolean hasProxy, double value) {
    if (hasProxy) {
      values.put(metric, value);
    }
  }

  private Client client() {
    return switch (workload.load()) {
      case Load.Answers answers -> new WebClient(new Wrk(scratch), answers, settings, scratch);
      case Load.Streams streams -> new StreamClient(new Iperf(scratch), streams.count());
      case Load.Idle idle -> throw new IllegalArgumentException("no throughput in " + workload);
    };
  }

  /** The load, and the server that it is for. */
  private interface Client {
    int serverPort();

    Outcome load(int port, int seconds);

    /** Fails when the right answers do not come through. */
    void check(Started contender);

    double unitsPerOutcome();
  }

  private record WebClient(Wrk wrk, Wrk.Requests requests, int serverPort) implements Client {
    WebClient(Wrk wrk, Load.Answers answers, Settings settings, Scratch scratch) {
      this(
          wrk,
          new Wrk.Requests(
              answers.path(),
              answers.bodyBytes(),
              settings.connections(),
              answers.newConnections()),
          Origin.start(scratch).port());
    }

    @Override
    public Outcome load(int port, int seconds) {
      return wrk.run(requests, port, seconds);
    }

    @Override
    public void check(Started contender) {
      Probe.check(contender.name(), requests, contender.port());
    }

    @Override
    public double unitsPerOutcome() {
      return requests.bodyBytes() == Origin.LARGE_BYTES ? requests.bodyBytes() : 1;
    }
  }

  private record StreamClient(Iperf iperf, int streams) implements Client {
    @Override
    public int serverPort() {
      return iperf.serverPort();
    }

    @Override
    public Outcome load(int port, int seconds) {
      return iperf.run(streams, port, seconds);
    }

    @Override
    public void check(Started contender) {
      contender.requireAlive();
    }

    @Override
    public double unitsPerOutcome() {
      return 1;
    }
  }
}
