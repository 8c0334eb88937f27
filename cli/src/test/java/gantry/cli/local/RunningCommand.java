package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A command that was started and may still run. */
final class RunningCommand {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final String line;
  private final Process process;
  private final Path out;
  private final Path err;
  private final Instant started = Instant.now();

  RunningCommand(String line, Process process, Path out, Path err) {
    this.line = line;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Waits for its end. */
  Answer answer() {
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(line + " did not end within " + LIMIT + "\n" + out() + err());
      }
      Duration took = Duration.between(started, Instant.now());
      return new Answer(line, process.exitValue(), out(), err(), took);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + line, e);
    }
  }

  /** Waits until it has printed a text on standard output. */
  RunningCommand says(String text) {
    awaitText(out, text);
    return this;
  }

  /** Waits until it has printed a text on standard error. */
  RunningCommand warns(String text) {
    awaitText(err, text);
    return this;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    answer();
  }

  /** Sends a signal, such as {@code INT} for Ctrl-C. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void awaitText(Path file, String text) {
    await(line + " says " + text)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .failFast(line + " ended", () -> !process.isAlive() && !read(file).contains(text))
        .until(() -> read(file).contains(text));
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
