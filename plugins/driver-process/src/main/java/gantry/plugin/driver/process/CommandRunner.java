package gantry.plugin.driver.process;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ExecResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a command to its end and keeps the end of what it wrote. */
final class CommandRunner {
  /** From {@link ExecResult}. */
  private static final int MAX_OUTPUT_BYTES = 64 * 1024;

  /** As a shell tells that there is no such program. */
  private static final int NOT_FOUND = 127;

  /** What the command left running may hold its output open: that is not waited for. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private CommandRunner() {}

  static ExecResult run(
      List<String> command, Map<String, String> environment, Path folder, Duration timeout) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new ExecResult(NOT_FOUND, String.valueOf(e.getMessage()));
    }
    return awaitEnd(process, command, timeout);
  }

  private static ExecResult awaitEnd(Process process, List<String> command, Duration timeout) {
    Tail tail = new Tail(process.getInputStream());
    Thread reader = Thread.ofVirtual().name("exec-output").start(tail);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        destroyTree(process);
        throw new GantryException(
            ErrorCode.TIMED_OUT, "command " + command + " still ran after " + timeout);
      }
      reader.join(LAST_WORDS);
      return new ExecResult(process.exitValue(), tail.text());
    } catch (InterruptedException e) {
      destroyTree(process);
      throw Waiting.interrupted("running " + command, e);
    } catch (IOException e) {
      destroyTree(process);
      throw new GantryException(ErrorCode.ENGINE_REFUSED, "cannot run " + command, e);
    }
  }

  private static void destroyTree(Process process) {
    try (Stream<ProcessHandle> children = process.descendants()) {
      children.toList().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }

  /** Reads everything, keeps the end. */
  private static final class Tail implements Runnable {
    private final InputStream in;
    private final byte[] ring = new byte[MAX_OUTPUT_BYTES];
    private long total;

    Tail(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try (in) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          add(buffer, read);
        }
      } catch (IOException e) {
        add(new byte[0], 0); // the process was ended: what came before is the output
      }
    }

    private synchronized void add(byte[] buffer, int length) {
      for (int i = 0; i < length; i++) {
        ring[(int) (total++ % ring.length)] = buffer[i];
      }
    }

    synchronized String text() {
      int length = (int) Math.min(total, ring.length);
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = ring[(int) ((total - length + i) % ring.length)];
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
