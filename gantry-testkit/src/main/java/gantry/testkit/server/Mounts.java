package gantry.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Gives an engine a disk of its own, and takes away what one that was killed left mounted. */
final class Mounts {
  private Mounts() {}

  /** Puts a disk of this size in the place of an empty folder, in memory. Needs root. */
  static void memoryDisk(Path folder, int megabytes) {
    String size = "size=" + megabytes + "m";
    new ShortCommand("mount", "mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString()).run();
  }

  /** Unmounts everything below a folder, the innermost first. */
  static void removeBelow(Path folder) {
    try (var lines = Files.lines(Path.of("/proc/self/mounts"))) {
      List<String> points =
          lines
              .map(line -> line.split(" ", -1)[1])
              .filter(point -> point.startsWith(folder + "/"))
              .toList();
      for (String point : points.reversed()) {
        new ShortCommand("umount", "mount", "--lazy", point).run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the mounts", e);
    }
  }
}
