package gantry.engine.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Questions that are asked beside others. A failure is the question's own, as if asked directly.
 */
final class Answered {
  private Answered() {}

  static <T> CompletableFuture<T> aside(Supplier<T> question, Executor executor) {
    return CompletableFuture.supplyAsync(question, executor);
  }

  /** The answer, once it is there. */
  static <T> T by(CompletableFuture<T> asked) {
    try {
      return asked.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
