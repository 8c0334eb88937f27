package gantry.engine.golden;

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

  /** A folder of golden files, by the part of the engine that they belong to. */
  public static Path folder(String part) {
    return FOLDER.resolve(part);
  }

  /** Compares the whole text; the name is that of a file without its ending. */
  public static void assertSame(String part, String name, String seen) {
    Path file = folder(part).resolve(name + ".txt");
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
