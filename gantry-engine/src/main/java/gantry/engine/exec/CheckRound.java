package gantry.engine.exec;

import gantry.api.check.CheckTarget;
import gantry.api.check.Verdict;
import gantry.engine.config.ConfiguredCheck;
import gantry.engine.event.RolloutEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs every check once, one after the other, until one does not hold. */
final class CheckRound {
  /** How long a check may overrun its timeout before it is interrupted and counted as failed. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final int REASON_LENGTH = 500;

  private final List<ConfiguredCheck> checks;
  private final CheckTarget target;
  private final boolean first;
  private final Consumer<RolloutEvent> tell;
  private final Executor executor;

  /**
   * A round that has not run yet.
   *
   * @param first whether it is the first in the container's life
   * @param executor runs the checks, beside the thread that waits for their verdicts
   */
  CheckRound(
      List<ConfiguredCheck> checks,
      CheckTarget target,
      boolean first,
      Consumer<RolloutEvent> tell,
      Executor executor) {
    this.checks = checks;
    this.target = target;
    this.first = first;
    this.tell = tell;
    this.executor = executor;
  }

  /** Why the first that failed did; empty when all hold. */
  Optional<String> run() {
    for (ConfiguredCheck check : checks) {
      if (bounded(check) instanceof Verdict.Unhealthy unhealthy) {
        String reason = brief(unhealthy.reason());
        tell.accept(new RolloutEvent.CheckFailed(container(), check.kind(), reason));
        return Optional.of(named(check, reason));
      }
    }
    return Optional.empty();
  }

  /** Says which check it was, unless the reason does. */
  private static String named(ConfiguredCheck check, String reason) {
    String name = check.kind() + " check";
    return reason.startsWith(name) ? reason : name + ": " + reason;
  }

  /** A plugin that does not keep to its timeout must not hold up everything else. */
  private Verdict bounded(ConfiguredCheck check) {
    FutureTask<Verdict> attempt = new FutureTask<>(() -> attempt(check));
    executor.execute(attempt);
    try {
      long limit = check.timeout().plus(GRACE).toMillis();
      return attempt.get(limit, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      attempt.cancel(true);
      return Verdict.unhealthy(
          check.kind() + " check did not answer within " + check.timeout().toMillis() + "ms");
    } catch (ExecutionException e) {
      return Verdict.unhealthy(check.kind() + " check failed: " + reason(e));
    } catch (InterruptedException e) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      return Verdict.unhealthy(check.kind() + " check was interrupted");
    }
  }

  private Verdict attempt(ConfiguredCheck check) {
    String description = check.check().describe(target);
    tell.accept(new RolloutEvent.Checking(container(), check.kind(), description, first));
    return check.check().check(target, check.timeout());
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Reasons go into records and alerts, which have limits. */
  private static String brief(String reason) {
    String line = reason.strip().replaceAll("\\s+", " ");
    return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH - 3) + "...";
  }

  private String container() {
    return target.container().brief();
  }
}
