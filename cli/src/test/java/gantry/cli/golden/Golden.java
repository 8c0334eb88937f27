package gantry.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that hold a whole expected output. {@code -Dgolden.write=true} writes what is seen instead;
 * read the difference before it is kept.
 */
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /**
   * Compares the whole text.
   *
   * @param name of a file without its ending, with its folder
   */
  public static void assertSame(String name, String seen) {
    Path file = FOLDER.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.write")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, seen);
      }
      assertThat(seen).as(name).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
