package gantry.bench.rollout;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import java.time.Duration;
import java.util.Optional;

/** A coordinator whose calls and hints are counted on the way. */
final class CountedCoordinator implements Coordinator {
  private final Coordinator real;
  private final Traffic traffic;

  CountedCoordinator(Coordinator real, Traffic traffic) {
    this.real = real;
    this.traffic = traffic;
  }

  @Override
  public Optional<Entry> get(String key) {
    traffic.read();
    return real.get(key);
  }

  @Override
  public Listing list(String prefix) {
    traffic.read();
    return real.list(prefix);
  }

  @Override
  public Outcome commit(Transaction transaction) {
    traffic.transaction();
    return real.commit(transaction);
  }

  @Override
  public Session openSession(Duration ttl) {
    return real.openSession(ttl);
  }

  @Override
  public Subscription watch(String prefix, Runnable wake) {
    return real.watch(
        prefix,
        () -> {
          traffic.event();
          wake.run();
        });
  }

  @Override
  public void close() {
    real.close();
  }
}
