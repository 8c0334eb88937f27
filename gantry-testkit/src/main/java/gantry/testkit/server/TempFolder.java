package gantry.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder of a test's own, removed with all its content when it is closed. */
public final class TempFolder implements AutoCloseable {
  private final Path path;

  private TempFolder(Path path) {
    this.path = path;
  }

  /** Makes a folder below the system's folder for temporary files. */
  public static TempFolder create(String name) {
    try {
      return new TempFolder(Files.createTempDirectory("gantry-" + name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder for " + name, e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Removes the content and keeps the folder. */
  public void clear() {
    delete(false);
  }

  /** Removes the folder. Files that vanish meanwhile do no harm. */
  @Override
  public void close() {
    delete(true);
  }

  private void delete(boolean itself) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deleter(itself ? null : path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    private final @Nullable Path kept;

    Deleter(@Nullable Path kept) {
      this.kept = kept;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE; // gone meanwhile; deleting its folder tells if it is not
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (!folder.equals(kept)) {
        Files.deleteIfExists(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
