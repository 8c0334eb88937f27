package gantry.bench.rollout;

import java.util.concurrent.atomic.LongAdder;

/** What passes between all agents and the coordinator. Thread-safe. */
final class Traffic {
  private final LongAdder reads = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder events = new LongAdder();

  /**
   * So many until now.
   *
   * @param events hints of watches, those included with which a watch begins
   */
  record Count(long reads, long transactions, long events) {
    Count since(Count before) {
      return new Count(
          reads - before.reads, transactions - before.transactions, events - before.events);
    }

    Count plus(Count other) {
      return new Count(
          reads + other.reads, transactions + other.transactions, events + other.events);
    }
  }

  void read() {
    reads.increment();
  }

  void transaction() {
    transactions.increment();
  }

  void event() {
    events.increment();
  }

  Count now() {
    return new Count(reads.sum(), transactions.sum(), events.sum());
  }
}
