package gantry.proxy.traffic.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says of a running process, from {@code /proc}. */
public final class ProcessFigures {
  private static final String RSS = "VmRSS:";

  private ProcessFigures() {}

  /** Memory in RAM, in bytes. */
  public static long residentBytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", pid + "", "status"))) {
      String line = lines.filter(l -> l.startsWith(RSS)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the memory of process " + pid, e);
    }
  }

  /** Open descriptors. */
  public static long descriptors(long pid) {
    try (Stream<Path> open = Files.list(Path.of("/proc", pid + "", "fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the descriptors of process " + pid, e);
    }
  }
}
