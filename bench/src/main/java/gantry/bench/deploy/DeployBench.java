package gantry.bench.deploy;

import gantry.bench.peer.Gantry;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Runs every contender, one after the other, between the same two backends. */
final class DeployBench {
  private final Scratch scratch;
  private final Set<String> contenders;
  private final List<Gantry> gantries;
  private final List<BackendProcess> backends;

  /**
   * A benchmark.
   *
   * @param contenders beginnings of the names of those to run; empty for all
   */
  DeployBench(Scratch scratch, Path distribution, Set<String> contenders) {
    this.scratch = scratch;
    this.contenders = contenders;
    this.gantries =
        List.of(new Gantry(distribution, "io_uring"), new Gantry(distribution, "epoll"));
    this.backends = List.of(new BackendProcess(scratch, "A"), new BackendProcess(scratch, "B"));
  }

  Map<String, List<Ledger>> switches(int count, Duration warmUp) {
    int first = backends.getFirst().port();
    Map<String, Supplier<Deployed>> all = new LinkedHashMap<>();
    for (Gantry gantry : gantries) {
      all.put(gantry.name(), () -> new DeployedGantry(scratch, gantry, List.of(first)));
    }
    all.put("haproxy", () -> new DeployedHaproxy(scratch, first));
    all.put("nginx", () -> new DeployedNginx(scratch, first));
    all.put("caddy", () -> new DeployedCaddy(scratch, first));
    Map<String, List<Ledger>> seen = new LinkedHashMap<>();
    all.forEach(
        (name, start) -> {
          if (isWanted(name)) {
            try (Deployed proxy = start.get()) {
              say(count + " switches of " + proxy.name());
              seen.put(proxy.name(), SwitchRun.run(proxy, backends, count, warmUp));
            }
          }
        });
    return seen;
  }

  Map<String, List<KillRun.KillOutcome>> kills(int count) {
    Map<String, List<KillRun.KillOutcome>> seen = new LinkedHashMap<>();
    for (Gantry gantry : gantries) {
      if (isWanted(gantry.name())) {
        List<Integer> both = backends.stream().map(BackendProcess::port).toList();
        try (DeployedGantry proxy = new DeployedGantry(scratch, gantry, both)) {
          say(count + " killed backends of " + proxy.name());
          seen.put(proxy.name(), new KillRun(proxy, backends).run(count));
        }
      }
    }
    return seen;
  }

  private boolean isWanted(String name) {
    return contenders.isEmpty() || contenders.contains(name);
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
