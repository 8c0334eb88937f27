package gantry.engine.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question that may take long without waiting long for the answer. One that comes late is
 * not used, being old by then, but says that it is worth while to ask again. Used by one thread.
 */
final class Patience<T> {
  /**
   * A coordinator that is well answers within some milliseconds; drains must not wait for one that
   * is not.
   */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Executor executor;
  private final Runnable late;
  private @Nullable CompletableFuture<T> pending;

  /**
   * Nothing is asked yet.
   *
   * @param late called when an answer came that was not waited for
   */
  Patience(Executor executor, Runnable late) {
    this.executor = executor;
    this.late = late;
  }

  /**
   * The answer, if it comes soon. While an earlier question is open no other is asked, and nothing
   * is waited for.
   */
  Optional<T> ask(Supplier<T> question) {
    if (pending != null && !pending.isDone()) {
      return Optional.empty();
    }
    CompletableFuture<T> asked = CompletableFuture.supplyAsync(question, executor);
    pending = asked;
    return await(asked) ? Optional.of(Answered.by(asked)) : whenLate(asked);
  }

  private static boolean await(CompletableFuture<?> asked) {
    try {
      asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<T> whenLate(CompletableFuture<T> asked) {
    pending = asked.whenComplete((answer, failure) -> late.run());
    return Optional.empty();
  }
}
