package gantry.proxy.io;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A loop's pipes: empty ones are kept for the next splice. One loop. */
final class Pipes {
  /** More would let stalled peers hold more than 64 MB of the kernel's memory per loop. */
  private static final int MAX_PIPES = 64;

  private final Kernel kernel;
  private final ArrayDeque<Kernel.Pipe> empty = new ArrayDeque<>();
  private int count;

  Pipes(Kernel kernel) {
    this.kernel = kernel;
  }

  /** An empty pipe; null when none is to be had. */
  Kernel.@Nullable Pipe take() {
    Kernel.Pipe pipe = empty.poll();
    if (pipe != null || count == MAX_PIPES) {
      return pipe;
    }
    Kernel.Pipe fresh = kernel.pipe(Splice.PIPE_BYTES);
    if (fresh.in() < 0) {
      return null;
    }
    count++;
    return fresh;
  }

  void giveBack(Kernel.Pipe pipe) {
    empty.push(pipe);
  }

  /** Closes a pipe that still has bytes in it. */
  void discard(Kernel.Pipe pipe) {
    kernel.close(pipe.in());
    kernel.close(pipe.out());
    count--;
  }

  void close() {
    while (!empty.isEmpty()) {
      discard(empty.pop());
    }
  }
}
