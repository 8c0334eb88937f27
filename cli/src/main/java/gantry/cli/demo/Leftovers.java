package gantry.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Finds and ends processes by a mark in their environment. */
final class Leftovers {
  private static final Path PROC = Path.of("/proc");
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Somebody who is ended may just have started another. */
  private static final int ROUNDS = 5;

  private final String mark;

  /**
   * Processes of one mark.
   *
   * @param mark {@code NAME=value}
   */
  Leftovers(String mark) {
    this.mark = mark;
  }

  /** All that run now, without this one. */
  List<ProcessHandle> find() {
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .map(path -> path.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .map(Long::parseLong)
          .filter(pid -> pid != ProcessHandle.current().pid() && isMarked(pid))
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("cannot list processes", e);
    }
  }

  /** Ends them all, politely first; answers those that could not be ended. */
  List<ProcessHandle> end() throws InterruptedException {
    for (int round = 0; round < ROUNDS && !find().isEmpty(); round++) {
      List<ProcessHandle> found = find();
      found.forEach(ProcessHandle::destroy);
      if (!awaitEnd(found, GRACE)) {
        found.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(found, GRACE);
      }
    }
    return find();
  }

  /** Waits until all have ended; false when some have not in time. */
  static boolean awaitEnd(List<ProcessHandle> processes, Duration limit)
      throws InterruptedException {
    long start = System.nanoTime();
    // ProcessHandle.onExit looks less and less often at processes that are not children.
    while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      Thread.sleep(LOOK);
    }
    return true;
  }

  private boolean isMarked(long pid) {
    try {
      byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
      String all = "\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0";
      return all.contains("\0" + mark + "\0");
    } catch (IOException e) {
      return false; // it has ended, or belongs to somebody else
    }
  }
}
