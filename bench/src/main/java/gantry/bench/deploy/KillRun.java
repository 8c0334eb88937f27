package gantry.bench.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Kills one of two active backends again and again, under load, and starts it again. Only what had
 * reached it may fail.
 */
final class KillRun {
  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final int REQUESTS_BETWEEN = 20;

  /** Long enough for a client to notice a loss on a busy machine. */
  private static final long NOTICED_NANOS = Duration.ofSeconds(1).toNanos();

  private final DeployedGantry proxy;
  private final List<BackendProcess> backends;
  private final List<Window> windows = new ArrayList<>();

  /**
   * A run.
   *
   * @param proxy both backends are active in it
   * @param backends two
   */
  KillRun(DeployedGantry proxy, List<BackendProcess> backends) {
    this.proxy = proxy;
    this.backends = backends;
  }

  /** Returns what the clients saw, and who could not have reached a killed backend. */
  List<KillOutcome> run(int kills) {
    List<Ledger> ledgers;
    try (Traffic traffic = Traffic.start(proxy.targets(), Switchboard.open(), false)) {
      traffic.flow(INTERVAL, REQUESTS_BETWEEN);
      for (int done = 0; done < kills; done++) {
        kill(traffic, backends.get(done % 2), backends.get((done + 1) % 2));
      }
      ledgers = traffic.ledgers();
    }
    return ledgers.stream().map(this::judge).toList();
  }

  private void kill(Traffic traffic, BackendProcess victim, BackendProcess survivor) {
    long start = System.nanoTime();
    victim.kill();
    windows.add(new Window(start, System.nanoTime()));
    traffic.flow(INTERVAL, REQUESTS_BETWEEN);
    proxy.activate(List.of(survivor.port()));
    victim.startAgain();
    proxy.activate(List.of(victim.port(), survivor.port()));
    traffic.flow(INTERVAL, REQUESTS_BETWEEN);
  }

  private KillOutcome judge(Ledger ledger) {
    long reached = 0;
    long underWay = 0;
    long innocent = 0;
    for (Ledger.Lost lost : ledger.all()) {
      if (hasReached(lost.request())) {
        reached++;
      } else if (wasUnderWay(lost)) {
        underWay++;
      } else {
        innocent++;
      }
    }
    return new KillOutcome(
        ledger.name(), ledger.requests(), reached, underWay, innocent, ledger.messages());
  }

  private boolean hasReached(long request) {
    return backends.stream().anyMatch(backend -> backend.arrivals().contains(request));
  }

  /**
   * What was open when a backend went may have been in the kernel's buffers for it, where the
   * backend never saw it.
   */
  private boolean wasUnderWay(Ledger.Lost lost) {
    return windows.stream()
        .anyMatch(
            window ->
                lost.startNanos() <= window.endNanos()
                    && lost.lossNanos() >= window.startNanos()
                    && lost.lossNanos() <= window.endNanos() + NOTICED_NANOS);
  }

  /** From before a backend was killed until it was gone. */
  private record Window(long startNanos, long endNanos) {}

  /**
   * What the clients of one kind saw.
   *
   * @param reached lost requests that the killed backend had read
   * @param underWay lost requests that began before it was gone, but that it had not read
   * @param innocent lost requests that began when it was gone
   */
  record KillOutcome(
      String name,
      long requests,
      long reached,
      long underWay,
      long innocent,
      List<String> messages) {}
}
