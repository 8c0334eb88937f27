package gantry.bench.deploy;

import gantry.bench.run.BenchException;
import gantry.bench.run.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Processes that are no children of ours, as the kernel tells of them. */
final class Processes {
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

  private Processes() {}

  /** The command line, which a program may overwrite; empty when the process is gone. */
  static String title(long pid) {
    try {
      Path file = Path.of("/proc/" + pid + "/cmdline");
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    } catch (IOException gone) {
      return "";
    }
  }

  /**
   * Ends all whose command line has a word in it: asks each, kills what is left after a time, and
   * returns when none is left. The word must be one that no other program has.
   *
   * @throws BenchException some survive
   */
  static void end(String word, Duration patience) {
    titled(word).forEach(ProcessHandle::destroy);
    try {
      Waiting.until(patience, word + " to end", () -> titled(word).isEmpty());
    } catch (BenchException stillThere) {
      Waiting.until(
          KILL_LIMIT,
          word + " to be killed",
          () -> {
            List<ProcessHandle> left = titled(word);
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
          });
    }
  }

  private static List<ProcessHandle> titled(String word) {
    return ProcessHandle.allProcesses().filter(p -> title(p.pid()).contains(word)).toList();
  }
}
