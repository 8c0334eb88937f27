package gantry.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that hold a whole expected output. {@code -Dgolden.write=true} writes what is seen instead;
 * read the difference before it is kept.
 */
final class Golden {
  static final Path FOLDER = Path.of("src/test/resources/golden/config");

  private Golden() {}

  static void assertSame(String name, String seen) {
    Path file = FOLDER.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.write")) {
        Files.writeString(file, seen + "\n");
      }
      assertThat(seen + "\n").as(name).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
