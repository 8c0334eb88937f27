package gantry.engine;

import gantry.api.Subscription;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.RolloutStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Says when to look at components again: when something may have changed, or after a while. */
final class Lookout implements AutoCloseable {
  /** Looks again this often even if no hint came. */
  static final Duration RESYNC = Duration.ofSeconds(2);

  private final Semaphore hints = new Semaphore(0);
  private final List<Subscription> watches = new ArrayList<>();

  Lookout(RolloutStore store, List<ComponentKey> keys) {
    keys.forEach(key -> watches.add(store.watch(key, hints::release)));
    keys.forEach(key -> watches.add(store.watchMachines(key, hints::release)));
  }

  /** Looks out for something else too. */
  Lookout also(Function<Runnable, Subscription> watch) {
    watches.add(watch.apply(hints::release));
    return this;
  }

  /** Waits for a hint, but no longer than this, nor than the resync. */
  void await(Duration longest) throws InterruptedException {
    long nanos = Math.min(longest.toNanos(), RESYNC.toNanos());
    if (hints.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      hints.drainPermits();
    }
  }

  @Override
  public void close() {
    watches.forEach(Subscription::close);
  }
}
