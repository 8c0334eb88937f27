package gantry.cli.support;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes that the caller started. */
public final class Signals {
  private Signals() {}

  /** Sends a signal, such as {@code INT} or {@code STOP}, to one process. */
  public static void send(String signal, long pid) {
    try {
      // The shell's own kill: a bare system has no other.
      String[] line = {"/bin/sh", "-c", "kill -" + signal + " " + pid};
      if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("SIG" + signal + " was not sent to process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run /bin/sh", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
