package gantry.engine.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Questions that are asked beside others. A failure is the question's own, as if asked directly.
 */
final class Answered {
  private Answered() {}

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
