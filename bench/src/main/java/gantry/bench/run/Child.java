package gantry.bench.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process whose output goes to a file of the scratch folder. It is ended with the scratch
 * folder: asked first, then killed together with its own children.
 */
public final class Child implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
  private static final int SHOWN_OUTPUT_CHARS = 2000;

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts a server with additions to the environment. */
  public static Child start(
      Scratch scratch, String name, List<String> command, Map<String, String> environment) {
    try {
      Path log = Files.createTempFile(scratch.folder(), name + "-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.directory(scratch.folder().toFile());
      builder.redirectInput(new File("/dev/null"));
      builder.redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      return scratch.start(() -> new Child(name, log, builder.start()));
    } catch (IOException e) {
      throw new BenchException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** Starts a server. */
  public static Child start(Scratch scratch, String name, List<String> command) {
    return start(scratch, name, command, Map.of());
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed, both streams
   * @throws BenchException it ended with a code that is not 0, or not in time
   */
  public static String run(Scratch scratch, String name, Duration limit, List<String> command) {
    Child child = start(scratch, name, command);
    try {
      if (!child.ended(limit)) {
        throw new BenchException(name + " did not end within " + limit.toSeconds() + " s");
      }
      if (child.process.exitValue() != 0) {
        int code = child.process.exitValue();
        throw new BenchException(name + " ended with code " + code + ":\n" + child.lastOutput());
      }
      return child.output();
    } finally {
      scratch.end(child);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything that it has printed. */
  public String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what " + name + " printed", e);
    }
  }

  /** Waits until the server accepts connections on a port; fails at once when it ends instead. */
  public void awaitPort(int port) {
    Waiting.until(
        START_LIMIT,
        name + " to listen on port " + port,
        () -> {
          requireAlive();
          return Ports.isOpen(port);
        });
  }

  /** Fails when the server has ended. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new BenchException(
          name + " ended with code " + process.exitValue() + ":\n" + lastOutput());
    }
  }

  /** Kills it as {@code kill -9} does, and returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    if (!ended(STOP_LIMIT)) {
      throw new BenchException(name + " survived being killed");
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!ended(STOP_LIMIT)) {
      process.destroyForcibly();
      ended(STOP_LIMIT);
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean ended(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while waiting for " + name, e);
    }
  }

  private String lastOutput() {
    String all = output().strip();
    return all.substring(Math.max(0, all.length() - SHOWN_OUTPUT_CHARS));
  }

  @Override
  public String toString() {
    return name + " (process " + pid() + ")";
  }
}
