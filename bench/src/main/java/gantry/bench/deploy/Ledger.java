package gantry.bench.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the clients of one kind saw. Thread-safe. */
final class Ledger {
  private static final int SHOWN_MESSAGES = 3;
  private static final int MOST_KEPT = 100_000;

  private final String name;
  private final LongAdder done = new LongAdder();
  private final AtomicLong longestNanos = new AtomicLong();
  private final LongAdder closedBetween = new LongAdder();
  private final Map<Loss, Long> losses = new ConcurrentHashMap<>();
  private final Queue<Lost> lost = new ConcurrentLinkedQueue<>();

  Ledger(String name) {
    this.name = name;
  }

  /** What the clients do. */
  String name() {
    return name;
  }

  /** Something was answered rightly, which took so long. */
  void done(long tookNanos) {
    done.increment();
    longestNanos.accumulateAndGet(tookNanos, Math::max);
  }

  /** How long the slowest answer that came took. */
  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** A connection was closed between two requests, as a server may. */
  void closedBetween() {
    closedBetween.increment();
  }

  void lost(Lost one) {
    losses.merge(one.loss(), 1L, Long::sum);
    if (lost() <= MOST_KEPT) {
      lost.add(one);
    }
  }

  long requests() {
    return done.sum() + lost();
  }

  long closedBetweenRequests() {
    return closedBetween.sum();
  }

  long count(Loss loss) {
    return losses.getOrDefault(loss, 0L);
  }

  long lost() {
    return losses.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Each loss, in no order; when there are very many, the first ones. */
  List<Lost> all() {
    return List.copyOf(lost);
  }

  /** Some messages of losses, for whoever wants to know why. */
  List<String> messages() {
    return lost.stream().map(Lost::message).distinct().limit(SHOWN_MESSAGES).toList();
  }

  /**
   * Something that was lost.
   *
   * @param request its number; 0 for a held connection
   * @param startNanos when that began which is given to a backend: the request, or on a proxy of
   *     connections the connection
   * @param lossNanos when it was lost
   */
  record Lost(Loss loss, long request, long startNanos, long lossNanos, String message) {}
}
