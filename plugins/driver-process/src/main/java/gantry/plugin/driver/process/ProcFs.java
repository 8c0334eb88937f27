package gantry.plugin.driver.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells about processes. A process that ends while it is looked at reads as none. */
final class ProcFs {
  private static final Path PROC = Path.of("/proc");

  /** Places of the words after the name's closing parenthesis, from proc(5): state is field 3. */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  private ProcFs() {}

  /**
   * One process.
   *
   * @param startTicks start in clock ticks since boot: with the pid it names a process until then
   */
  record Stat(char state, long startTicks) {
    /** Zombies have ended. */
    boolean lives() {
      return state != 'Z' && state != 'X';
    }
  }

  static Optional<Stat> stat(long pid) {
    try {
      String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(new Stat(words[STATE].charAt(0), Long.parseLong(words[START_TIME])));
    } catch (IOException e) {
      return Optional.empty(); // no such process (any more)
    }
  }

  /** Identifies the present run of the kernel: pids and start times begin again with each. */
  static String bootId() {
    Path file = PROC.resolve("sys/kernel/random/boot_id");
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw Failures.unusable(file, e);
    }
  }

  /** Processes that were given this environment variable with this value. */
  static List<ProcessHandle> withVariable(String name, String value) {
    byte[] wanted = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> hasVariable(process.pid(), wanted)).toList();
    }
  }

  private static boolean hasVariable(long pid, byte[] wanted) {
    byte[] environment;
    try {
      environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
    } catch (IOException e) {
      return false; // ended, or another user's: then it is not ours
    }
    int start = 0;
    for (int i = 0; i < environment.length; i++) {
      if (environment[i] == 0) {
        if (Arrays.equals(environment, start, i, wanted, 0, wanted.length)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }
}
