package gantry.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where the files of one run go. */
public record ResultFolder(Path folder) {
  /** Makes the folder when it is not there. */
  public ResultFolder {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }

  /** A new folder in a checkout, named after the benchmark and the time. */
  public static ResultFolder fresh(Path checkout, String benchmark) {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    return new ResultFolder(checkout.resolve("bench/target/results/" + benchmark + "-" + time));
  }

  /** Writes a file, in place of one that is there. */
  public void write(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name + " into " + folder, e);
    }
  }
}
