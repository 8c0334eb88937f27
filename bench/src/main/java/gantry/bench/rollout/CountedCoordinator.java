package gantry.bench.rollout;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** A coordinator whose calls and hints are counted on the way. */
final class CountedCoordinator implements Coordinator {
  private final Coordinator real;
  private final Traffic traffic;

  CountedCoordinator(Coordinator real, Traffic traffic) {
    this.real = real;
    this.traffic = traffic;
  }

  @Override
  public List<Listing> read(List<Range> ranges) {
    traffic.read();
    return real.read(ranges);
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
  public Subscription watch(String prefix, long after, LongConsumer changed) {
    return real.watch(
        prefix,
        after,
        revision -> {
          traffic.event();
          changed.accept(revision);
        });
  }

  @Override
  public void close() {
    real.close();
  }
}
