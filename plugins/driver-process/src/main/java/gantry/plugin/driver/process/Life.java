package gantry.plugin.driver.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One life of a container, as told by the files that {@code supervise.sh} writes and by the kernel.
 */
final class Life {
  /** 128 + SIGKILL. */
  static final int KILLED = 137;

  /**
   * Ends of pipes are a matter of microseconds; a process that keeps one open is not waited for.
   */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  /** From the claim to the pid are a few lines of shell. */
  private static final Duration CLAIM_TO_PID = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(2);

  private final Path folder;

  Life(Path container, int number) {
    this.folder = container.resolve("life-" + number);
  }

  /** What is known of it. */
  sealed interface State {
    /** It runs, and this is its main process. */
    record Running(long pid) implements State {}

    /** It has ended, or never began. */
    record Ended(OptionalInt exitCode) implements State {}

    /** Nobody has decided yet whether it begins. */
    record Pending() implements State {}
  }

  private record Pid(long pid, long startTicks, String bootId) {}

  Path folder() {
    return folder;
  }

  void prepare() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Failures.unusable(folder, e);
    }
  }

  State state() {
    if (Files.exists(folder.resolve("done"))) {
      return new State.Ended(exitCode());
    }
    Optional<Pid> pid = pid();
    if (pid.isEmpty()) {
      return new State.Pending();
    }
    return lives(pid.get()) ? new State.Running(pid.get().pid) : ended();
  }

  /** Its main process is gone; its output may still be on the way to the log. */
  private State ended() {
    Waiting.until(LAST_WORDS, POLL, () -> Files.exists(folder.resolve("done")));
    mark("done");
    return new State.Ended(exitCode());
  }

  /**
   * Decides a pending life: it has begun if its launcher was here first, else it never will. Call
   * it under the lock, so that nobody is about to begin it.
   */
  State decide() {
    if (!(state() instanceof State.Pending)) {
      return state();
    }
    try {
      Files.createDirectory(folder.resolve("claim"));
    } catch (NoSuchFileException e) {
      return new State.Ended(OptionalInt.empty()); // removed since its record was read
    } catch (FileAlreadyExistsException e) {
      return afterClaim();
    } catch (IOException e) {
      throw Failures.unusable(folder, e);
    }
    mark("done");
    return state();
  }

  private State afterClaim() {
    if (!Waiting.until(CLAIM_TO_PID, POLL, () -> pid().isPresent())) {
      mark("done"); // killed between two lines of shell, before it became the container's process
    }
    return state();
  }

  boolean awaitBegin(Duration limit) {
    return Waiting.until(limit, POLL, () -> !(state() instanceof State.Pending));
  }

  /** Remembers that SIGKILL was sent, for the case that nobody is left to tell the exit code. */
  void markKilled() {
    mark("killed");
  }

  private void mark(String name) {
    try {
      Files.write(folder.resolve(name), new byte[0]);
    } catch (NoSuchFileException e) {
      return; // removed meanwhile, with everything that was to be remembered
    } catch (IOException e) {
      throw Failures.unusable(folder, e);
    }
  }

  private OptionalInt exitCode() {
    List<String> words = words("code");
    if (!words.isEmpty()) {
      return OptionalInt.of(Integer.parseInt(words.getFirst()));
    }
    return Files.exists(folder.resolve("killed")) ? OptionalInt.of(KILLED) : OptionalInt.empty();
  }

  private Optional<Pid> pid() {
    List<String> words = words("pid");
    return words.size() < 3
        ? Optional.empty()
        : Optional.of(
            new Pid(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)), words.get(2)));
  }

  private static boolean lives(Pid pid) {
    return ProcFs.stat(pid.pid)
        .filter(stat -> stat.lives() && stat.startTicks() == pid.startTicks)
        .filter(stat -> ProcFs.bootId().equals(pid.bootId))
        .isPresent();
  }

  private List<String> words(String name) {
    try {
      String text = Files.readString(folder.resolve(name), StandardCharsets.US_ASCII).strip();
      return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw Failures.unusable(folder, e);
    }
  }
}
