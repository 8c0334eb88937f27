package gantry.bench.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code /proc} says of a process and of the processes that it started. */
public final class ProcFiles {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int ENDED_CHILDREN_USER_TICKS = 13;
  private static final int ENDED_CHILDREN_SYSTEM_TICKS = 14;

  private ProcFiles() {}

  /** CPU time, user and system, of a process and all that descend from it, in seconds. */
  public static double cpuSeconds(long pid) {
    return tree(pid).mapToDouble(ProcFiles::ownCpuSeconds).sum();
  }

  /** The same for this process, with that of its children that have ended. */
  public static double cpuSecondsOfAllChildren() {
    long self = ProcessHandle.current().pid();
    List<String> fields = stat(self);
    double ended =
        (number(fields, ENDED_CHILDREN_USER_TICKS) + number(fields, ENDED_CHILDREN_SYSTEM_TICKS))
            / TICKS_PER_SECOND;
    return cpuSeconds(self) + ended;
  }

  /** Memory of a process and all that descend from it. */
  public static Memory memory(long pid) {
    return tree(pid).map(ProcFiles::ownMemory).reduce(new Memory(0, 0), Memory::plus);
  }

  /** Whether the process has a descriptor of that kind open, for instance {@code io_uring}. */
  public static boolean hasAnonymousDescriptor(long pid, String kind) {
    String name = "anon_inode:[" + kind + "]";
    try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path link : links) {
        if (target(link).equals(name)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new BenchException("cannot read the descriptors of process " + pid, e);
    }
  }

  /** How many descriptors this process, and each that it starts, may have open. */
  public static int descriptorLimit() {
    return lines("/proc/self/limits").stream()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.split(" {2,}", -1)[1])
        .mapToInt(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit))
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  /** The lines of a file of {@code /proc}; empty when the process is gone. */
  static List<String> lines(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException gone) {
      return List.of();
    }
  }

  private static Stream<Long> tree(long pid) {
    Optional<ProcessHandle> root = ProcessHandle.of(pid);
    return root.stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(ProcessHandle::pid);
  }

  private static double ownCpuSeconds(long pid) {
    List<String> fields = stat(pid);
    return (number(fields, USER_TICKS) + number(fields, SYSTEM_TICKS)) / TICKS_PER_SECOND;
  }

  /** The fields behind the program's name, which may contain spaces. */
  private static List<String> stat(long pid) {
    return lines("/proc/" + pid + "/stat").stream()
        .map(line -> line.substring(line.lastIndexOf(')') + 2))
        .flatMap(rest -> Stream.of(rest.split(" ", -1)))
        .toList();
  }

  private static long number(List<String> fields, int index) {
    return fields.isEmpty() ? 0 : Long.parseLong(fields.get(index));
  }

  private static Memory ownMemory(long pid) {
    List<String> lines = lines("/proc/" + pid + "/smaps_rollup");
    return new Memory(bytes(lines, "Rss:"), bytes(lines, "Pss:"));
  }

  private static long bytes(List<String> lines, String field) {
    for (String line : lines) {
      if (line.startsWith(field)) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /**
   * Memory in bytes.
   *
   * @param rss resident pages; those that processes share count for each
   * @param pss resident pages; those that processes share are divided among them
   */
  public record Memory(long rss, long pss) {
    Memory plus(Memory other) {
      return new Memory(rss + other.rss, pss + other.pss);
    }
  }
}
