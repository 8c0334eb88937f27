package gantry.bench.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which requests have reached a backend: one byte for each number, in a file that is mapped into
 * memory, so that nothing of it is lost when the backend is killed.
 */
final class Arrivals {
  private static final int MOST = 1 << 26;

  private final MappedByteBuffer marks;

  private Arrivals(MappedByteBuffer marks) {
    this.marks = marks;
  }

  /** Opens the file, and makes it when it is not there. It takes only the space of its marks. */
  static Arrivals in(Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Arrivals(channel.map(FileChannel.MapMode.READ_WRITE, 0, MOST));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot map " + file, e);
    }
  }

  void mark(long request) {
    marks.put((int) (request % MOST), (byte) 1);
  }

  boolean contains(long request) {
    return marks.get((int) (request % MOST)) != 0;
  }
}
