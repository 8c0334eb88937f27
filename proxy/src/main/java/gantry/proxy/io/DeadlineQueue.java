package gantry.proxy.io;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of one length, in the order in which they were set, which is that of their expiry: so
 * that setting and clearing one is a matter of a few pointers. Exact to a quarter of the length, at
 * most a second late. One loop.
 */
public final class DeadlineQueue {
  private static final long COARSEST_NANOS = 1_000_000_000;
  private static final int TICKS_PER_LENGTH = 4;

  private final Loop loop;
  private final long lengthNanos;
  private final long tickNanos;
  private @Nullable Deadline first;
  private @Nullable Deadline last;
  private boolean ticking;

  DeadlineQueue(Loop loop, Duration length) {
    this.loop = loop;
    this.lengthNanos = length.toNanos();
    this.tickNanos = Math.clamp(lengthNanos / TICKS_PER_LENGTH, 1_000_000, COARSEST_NANOS);
  }

  /** Sets a deadline from now on, anew when it was set. */
  public void set(Deadline deadline) {
    deadline.clear();
    deadline.queue = this;
    deadline.atNanos = loop.nowNanos() + lengthNanos;
    deadline.earlier = last;
    if (last == null) {
      first = deadline;
    } else {
      last.later = deadline;
    }
    last = deadline;
    if (!ticking) {
      ticking = true;
      loop.schedule(this::tick, tickNanos, TimeUnit.NANOSECONDS);
    }
  }

  void remove(Deadline deadline) {
    if (deadline.earlier == null) {
      first = deadline.later;
    } else {
      deadline.earlier.later = deadline.later;
    }
    if (deadline.later == null) {
      last = deadline.earlier;
    } else {
      deadline.later.earlier = deadline.earlier;
    }
    deadline.earlier = null;
    deadline.later = null;
    deadline.queue = null;
  }

  /** Those that are idle expire now. */
  void expireIdle() {
    List<Deadline> idle = new ArrayList<>();
    for (Deadline each = first; each != null; each = each.later) {
      if (each.isIdle()) {
        idle.add(each);
      }
    }
    for (Deadline each : idle) {
      if (equals(each.queue)) {
        remove(each);
        each.expired();
      }
    }
  }

  private void tick() {
    long now = System.nanoTime();
    while (first != null && now - first.atNanos >= 0) {
      Deadline due = first;
      remove(due);
      due.expired();
    }
    ticking = first != null;
    if (ticking) {
      loop.schedule(this::tick, tickNanos, TimeUnit.NANOSECONDS);
    }
  }
}
