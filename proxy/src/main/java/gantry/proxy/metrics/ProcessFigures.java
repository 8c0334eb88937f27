package gantry.proxy.metrics;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the kernel and the JVM know of this process, by the names that Prometheus proposes. */
public final class ProcessFigures {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final long KIB = 1024;

  private ProcessFigures() {}

  /** Writes them; what cannot be read is left out. */
  public static void write(Exposition out) {
    number(STATUS, "VmRSS:")
        .ifPresent(
            kib ->
                gauge(
                    out,
                    "process_resident_memory_bytes",
                    "Memory of the process that is in RAM.",
                    kib * KIB));
    openDescriptors()
        .ifPresent(count -> gauge(out, "process_open_fds", "Open file descriptors.", count));
    number(LIMITS, "Max open files")
        .ifPresent(max -> gauge(out, "process_max_fds", "Most open file descriptors.", max));
    ProcessHandle.Info info = ProcessHandle.current().info();
    info.totalCpuDuration().ifPresent(time -> cpu(out, time));
    info.startInstant().ifPresent(start -> start(out, start));
    Runtime runtime = Runtime.getRuntime();
    gauge(
        out,
        "jvm_memory_used_bytes",
        "Heap in use, garbage included.",
        runtime.totalMemory() - runtime.freeMemory());
    gauge(out, "jvm_memory_max_bytes", "Largest heap.", runtime.maxMemory());
  }

  private static void cpu(Exposition out, Duration time) {
    out.family("process_cpu_seconds_total", FigureType.COUNTER, "CPU time, of user and system.");
    out.seconds("process_cpu_seconds_total", time.toNanos());
  }

  private static void start(Exposition out, Instant start) {
    gauge(
        out,
        "process_start_time_seconds",
        "When the process started, in Unix time.",
        start.getEpochSecond());
  }

  private static void gauge(Exposition out, String name, String help, long value) {
    out.family(name, FigureType.GAUGE, help);
    out.sample(name, value);
  }

  private static Optional<Long> openDescriptors() {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(DESCRIPTORS)) {
      long count = -1; // the one that lists them
      for (Path ignored : open) {
        count++;
      }
      return Optional.of(count);
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  /** The first number of the line that begins so. */
  private static Optional<Long> number(Path file, String start) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()).strip().split("\\s+", 2)[0])
          .filter(word -> word.matches("[0-9]+"))
          .map(Long::parseLong)
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
