package gantry.bench.speed;

import gantry.bench.load.IdleConnections;
import gantry.bench.load.Probe;
import gantry.bench.load.Wrk;
import gantry.bench.peer.Origin;
import gantry.bench.peer.Peer;
import gantry.bench.peer.Scene;
import gantry.bench.peer.Started;
import gantry.bench.run.CpuWatch;
import gantry.bench.run.ProcFiles;
import gantry.bench.run.Scratch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures the memory of idle connections. Each measurement has a proxy of its own: one that has
 * held them before has the memory already.
 */
final class IdleRun {
  private static final int SPARE_CONNECTIONS = 100;
  private static final int MAX_LOAD_SECONDS = 2;

  private final Scratch scratch;
  private final Workload workload;
  private final Settings settings;
  private final Wrk wrk;
  private final Origin origin;
  private final Wrk.Requests requests;

  IdleRun(Scratch scratch, Workload workload, Settings settings) {
    this.scratch = scratch;
    this.workload = workload;
    this.settings = settings;
    this.wrk = new Wrk(scratch);
    this.origin = Origin.start(scratch);
    this.requests =
        new Wrk.Requests(Origin.SMALL, Origin.SMALL_BYTES, settings.connections(), false);
  }

  List<Sample> run() {
    List<Sample> samples = new ArrayList<>();
    List<Peer> contenders = Contenders.in(workload, settings);
    for (int repetition = 0; repetition < settings.repetitions(); repetition++) {
      for (Peer peer : Contenders.rotated(contenders, repetition)) {
        Sample sample = measure(peer);
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
    return samples;
  }

  private Sample measure(Peer peer) {
    int most = settings.idleConnections() + SPARE_CONNECTIONS;
    Started proxy =
        peer.start(scratch, new Scene(workload.layer(), workload.loops(), most, origin.port()));
    try {
      return measure(proxy);
    } finally {
      proxy.process().ifPresent(scratch::end);
    }
  }

  /** The floor is measured after some load: a program that never did anything is no floor. */
  private Sample measure(Started proxy) {
    CpuWatch watch = new CpuWatch();
    Probe.check(proxy.name(), requests, proxy.port());
    double fresh = proxy.memory().rss();
    int loadSeconds = Math.min(MAX_LOAD_SECONDS, settings.seconds());
    List<String> problems =
        new ArrayList<>(wrk.run(requests, proxy.port(), loadSeconds).problems());
    ProcFiles.Memory floor = proxy.memory();
    int count = settings.idleConnections();
    try (IdleConnections idle = IdleConnections.open(requests, proxy.port(), count)) {
      double perConnection = (double) (proxy.memory().pss() - floor.pss()) / count;
      int lost = count - idle.stillOpen();
      if (lost > 0) {
        problems.add(lost + " idle connections were closed");
      }
      Map<Metric, Double> values = values(perConnection, (double) floor.rss(), fresh);
      return new Sample(proxy.name(), values, problems, proxy.concern(), watch.shareOfOthers());
    }
  }

  private static Map<Metric, Double> values(double perConnection, double floor, double fresh) {
    return Map.of(Metric.PER_CONNECTION, perConnection, Metric.FLOOR, floor, Metric.FRESH, fresh);
  }
}
