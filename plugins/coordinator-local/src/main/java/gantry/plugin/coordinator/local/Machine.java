package gantry.plugin.coordinator.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What Linux tells about this machine's time and processes. */
final class Machine {
  private static final Path PROC = Path.of("/proc");
  private static final int START_TIME_FIELD = 19; // of those that follow the program's name

  private Machine() {}

  /** Time since the machine started, suspension included; the same for all of its processes. */
  static Duration uptime() {
    String text = read(PROC.resolve("uptime"));
    BigDecimal seconds = new BigDecimal(text.substring(0, text.indexOf(' ')));
    return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
  }

  /** Differs after each start of the machine. */
  static String bootId() {
    return read(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }

  /** Names the set of process ids that this process sees; differs between containers. */
  static String pidNamespace() {
    try {
      return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString().replace(' ', '_');
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/ns/pid", e);
    }
  }

  /** When a process started, in the kernel's ticks; empty when it is gone or only a zombie. */
  static Optional<String> startTime(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean ended = fields[0].equals("Z") || fields[0].equals("X");
      return ended ? Optional.empty() : Optional.of(fields[START_TIME_FIELD]);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // The process ended between open and read (ESRCH).
      if (Files.exists(PROC.resolve(String.valueOf(pid)))) {
        throw new UncheckedIOException("cannot read the state of process " + pid, e);
      }
      return Optional.empty();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " (the local store needs Linux)", e);
    }
  }
}
