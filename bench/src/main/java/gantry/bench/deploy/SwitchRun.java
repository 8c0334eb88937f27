package gantry.bench.deploy;

import java.time.Duration;
import java.util.List;

/** Switches the traffic of one proxy to and fro between two backends, under load. */
final class SwitchRun {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int REQUESTS_BETWEEN = 10;

  private SwitchRun() {}

  /**
   * Returns what the clients saw.
   *
   * @param proxy sends everything to the first backend
   * @param backends two
   * @param warmUp load before what counts, so that no proxy is asked while it is new
   */
  static List<Ledger> run(
      Deployed proxy, List<BackendProcess> backends, int switches, Duration warmUp) {
    try (Traffic traffic = Traffic.start(proxy.targets(), Switchboard.open(), true)) {
      traffic.flow(warmUp, REQUESTS_BETWEEN);
    }
    Switchboard board = Switchboard.to(backends.getFirst().name());
    List<Ledger> ledgers;
    try (Traffic traffic = Traffic.start(proxy.targets(), board, true)) {
      traffic.flow(INTERVAL, REQUESTS_BETWEEN);
      for (int done = 0; done < switches; done++) {
        BackendProcess next = backends.get((done + 1) % 2);
        board.begin();
        proxy.switchTo(next.port());
        board.acknowledged(next.name());
        traffic.flow(INTERVAL, REQUESTS_BETWEEN);
      }
      ledgers = traffic.ledgers();
    }
    return ledgers;
  }
}
