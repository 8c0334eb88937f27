package gantry.proxy.io;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens when a time has passed without being called off. Costs no allocation: a
 * connection keeps one and sets it again and again. One loop.
 */
public abstract class Deadline {
  @Nullable DeadlineQueue queue;
  @Nullable Deadline earlier;
  @Nullable Deadline later;
  long atNanos;

  /** For subclasses. */
  protected Deadline() {}

  /** The time has passed. On the loop; the deadline is no longer set. */
  protected abstract void expired();

  /** Whether it may expire before its time when the process is about to end. */
  protected boolean isIdle() {
    return false;
  }

  /** Whether it is set. */
  public final boolean isSet() {
    return queue != null;
  }

  /** Calls it off; does nothing when it is not set. */
  public final void clear() {
    if (queue != null) {
      queue.remove(this);
    }
  }
}
