package gantry.proxy.tcp;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What all loops together count of one listener. Thread-safe. Shared by the loops, unlike what is
 * counted for backends: it changes once per connection at most.
 */
public final class ListenerCounts {
  private final AtomicInteger clients = new AtomicInteger();
  private final AtomicLongArray ownAnswers = new AtomicLongArray(BackendCounters.CLASSES);

  ListenerCounts() {}

  /** Open client connections. */
  int clients() {
    return clients.get();
  }

  /**
   * Answers that no backend gave, of a class; only grows.
   *
   * @param hundreds the first digit of the status
   */
  public long ownAnswers(int hundreds) {
    return ownAnswers.get(hundreds);
  }

  boolean enter(int most) {
    if (clients.incrementAndGet() > most && most > 0) {
      clients.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    clients.decrementAndGet();
  }

  void answered(int status) {
    ownAnswers.incrementAndGet(status / 100);
  }
}
