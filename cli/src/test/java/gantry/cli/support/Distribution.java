package gantry.cli.support;

import gantry.testkit.server.TempFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The distribution that the build has made, run as a user runs it. */
public final class Distribution {
  private static final Path HOME = Path.of("target", "gantry").toAbsolutePath();

  /** A command that takes longer than this hangs. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  static {
    TrainedCaches.in(home());
  }

  private Distribution() {}

  /** Where it lies. */
  public static Path home() {
    if (!Files.isDirectory(HOME)) {
      throw new IllegalStateException(HOME + " is missing\nnext: mvn package");
    }
    return HOME;
  }

  /** The path of one of its programs: {@code gantry}, {@code gantryd}, {@code gantry-proxy}. */
  public static Path program(String name) {
    return HOME.resolve("bin").resolve(name);
  }

  /** A command that is under way. */
  public static final class Running implements AutoCloseable {
    private final Process process;
    private final TempFolder folder;

    private Running(Process process, TempFolder folder) {
      this.process = process;
      this.folder = folder;
    }

    /** Its process id, for signals. */
    public long pid() {
      return process.pid();
    }

    /** Ctrl-C for what runs on its pseudo-terminal. */
    public void interrupt() {
      process.descendants().forEach(child -> Signals.send("INT", child.pid()));
    }

    /** What it has printed so far. */
    public String outSoFar() {
      return read("out");
    }

    /** Waits for its end. */
    public Answer await() {
      try (this) {
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError("no end after " + LIMIT + ":\n" + read("out") + read("err"));
        }
        return new Answer(process.exitValue(), read("out"), read("err"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }

    private String read(String name) {
      try {
        return Files.readString(folder.path().resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      folder.close();
    }
  }

  /** Starts a program. */
  public static Running start(Map<String, String> environment, String... line) {
    List<String> command = new ArrayList<>(List.of(line));
    command.set(0, program(line[0]).toString());
    return start(environment, command);
  }

  /** Starts a program on a pseudo-terminal of 20 rows and 60 columns. */
  public static Running startOnTerminal(Map<String, String> environment, String... line) {
    List<String> command = new ArrayList<>(List.of(line));
    command.set(0, program(line[0]).toString());
    String shell = "stty rows 20 cols 60; exec " + String.join(" ", command);
    return start(environment, List.of("script", "-qec", shell, "/dev/null"));
  }

  private static Running start(Map<String, String> environment, List<String> command) {
    TempFolder folder = TempFolder.create("answer");
    File out = folder.path().resolve("out").toFile();
    File err = folder.path().resolve("err").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.redirectInput(new File("/dev/null"));
    builder.environment().putAll(environment);
    try {
      return new Running(builder.start(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** Runs a program to its end. */
  public static Answer run(Map<String, String> environment, String... line) {
    return start(environment, line).await();
  }
}
