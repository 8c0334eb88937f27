package gantry.cli.support;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ThrowingRunnable;

/** Waits for conditions, with a deadline that a busy machine does not reach. */
public final class Eventually {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private Eventually() {}

  /** Waits until it holds. */
  public static void holds(String what, Callable<Boolean> condition) {
    await(what).pollDelay(Duration.ZERO).pollInterval(POLL).atMost(DEADLINE).until(condition);
  }

  /** Waits until the assertions hold. */
  public static void passes(String what, ThrowingRunnable assertions) {
    await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(DEADLINE)
        .untilAsserted(assertions);
  }
}
