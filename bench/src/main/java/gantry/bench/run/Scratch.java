package gantry.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * A temp folder and everything that was started in it. Closing it, which also happens when the
 * process is told to end, ends what is still open, the youngest first, and deletes the folder.
 * Thread-safe.
 */
public final class Scratch implements AutoCloseable {
  private final Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder; its path is short, because Unix sockets in it have short names only. */
  public static Scratch make() {
    try {
      Scratch scratch = new Scratch(Files.createTempDirectory("gantry-bench-"));
      Runtime.getRuntime().addShutdownHook(new Thread(scratch::close, "end everything"));
      return scratch;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temp folder", e);
    }
  }

  /** The folder; exists until this is closed. */
  public Path folder() {
    return folder;
  }

  /** Writes a file into the folder, which servers that drop their rights can read. */
  public Path write(String name, String content) {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file of bytes into the folder. */
  public Path write(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name, e);
    }
  }

  /** Makes a folder in the folder. */
  public Path makeFolder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make folder " + name, e);
    }
  }

  /** Has it closed with this. When this is closed already, closes it at once and fails. */
  public synchronized <T extends AutoCloseable> T keep(T resource) {
    if (closed) {
      closeQuietly(resource);
      throw ending();
    }
    open.push(resource);
    return resource;
  }

  /**
   * Starts something that is closed with this. Starts nothing when this is closed, or being closed,
   * so that nothing outlives it.
   */
  synchronized <T extends AutoCloseable> T start(Starter<T> starter) throws IOException {
    if (closed) {
      throw ending();
    }
    return keep(starter.start());
  }

  /** Closes it now instead of with this. */
  public void end(AutoCloseable resource) {
    synchronized (this) {
      open.remove(resource);
    }
    closeQuietly(resource);
  }

  /** Whether everything was ended, so that failures from then on say nothing. */
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      closeQuietly(open.pop());
    }
    deleteFolder();
  }

  /** What starts something. */
  interface Starter<T> {
    T start() throws IOException;
  }

  private static BenchException ending() {
    return new BenchException("the benchmark is ending");
  }

  private void deleteFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("bench: cannot delete " + folder + ": " + e.getMessage());
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("bench: cannot end " + resource + ": " + e.getMessage());
    }
  }
}
