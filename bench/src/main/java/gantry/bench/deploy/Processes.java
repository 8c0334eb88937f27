package gantry.bench.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes call themselves. */
final class Processes {
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
}
