package gantry.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes away what an engine that was killed left mounted. */
final class Mounts {
  private Mounts() {}

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
