package gantry.cli;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A coordinator whose first answer is awaited aloud: who sits before a command that says nothing is
 * told what it waits for. What it says later is the command's own affair.
 */
final class FirstAnswer implements Coordinator {
  private final Coordinator coordinator;
  private final Duration patience;
  private final Runnable tell;
  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * Watches over a coordinator.
   *
   * @param tell called once, from any thread, if the first call takes longer than the patience
   */
  FirstAnswer(Coordinator coordinator, Duration patience, Runnable tell) {
    this.coordinator = coordinator;
    this.patience = patience;
    this.tell = tell;
  }

  @Override
  public List<Listing> read(List<Range> ranges) {
    return awaited(() -> coordinator.read(ranges));
  }

  @Override
  public Outcome commit(Transaction transaction) {
    return awaited(() -> coordinator.commit(transaction));
  }

  @Override
  public Session openSession(Duration ttl) {
    return awaited(() -> coordinator.openSession(ttl));
  }

  @Override
  public Subscription watch(String prefix, long after, LongConsumer changed) {
    return coordinator.watch(prefix, after, changed); // does not wait
  }

  @Override
  public void close() {
    coordinator.close();
  }

  private <T> T awaited(Supplier<T> call) {
    if (!asked.compareAndSet(false, true)) {
      return call.get();
    }
    CountDownLatch over = new CountDownLatch(1);
    var _ = Thread.startVirtualThread(() -> watchOver(over));
    try {
      return call.get();
    } finally {
      over.countDown();
    }
  }

  private void watchOver(CountDownLatch over) {
    try {
      if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        tell.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
