package gantry.plugin.driver.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A container's output of all its lives: {@code log}, and {@code log.1} before it. */
final class LogFile {
  /** What {@code supervise.sh} writes to one file at most, in one life. */
  private static final long MAX_BYTES = 8L << 20;

  /** How far back {@link #last} looks. */
  private static final int MAX_READ_BYTES = 1 << 20;

  /** A file that is moved aside while it is read is read again; it never moves so often. */
  private static final int ATTEMPTS = 10;

  private final Path current;
  private final Path previous;

  LogFile(Path container) {
    this.current = container.resolve("log");
    this.previous = container.resolve("log.1");
  }

  Path path() {
    return current;
  }

  /** Makes room before a life begins: many short lives share one file. */
  void rotate() {
    try {
      if (Files.exists(current) && Files.size(current) >= MAX_BYTES) {
        Files.move(current, previous, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw Failures.unusable(current, e);
    }
  }

  /** The last lines within the newest MiB, oldest first. */
  List<String> last(int lines) {
    List<String> all = tail().lines().toList();
    return all.subList(Math.max(0, all.size() - Math.max(0, lines)), all.size());
  }

  private String tail() {
    try {
      for (int attempt = 1; ; attempt++) {
        Object before = key();
        byte[] newest = read(current, MAX_READ_BYTES);
        byte[] older = read(previous, MAX_READ_BYTES - newest.length);
        if (Objects.equals(before, key()) || attempt == ATTEMPTS) {
          return text(older, newest);
        }
      }
    } catch (IOException e) {
      throw Failures.unusable(current, e);
    }
  }

  /** Drops the first line when it may be the end of one only. */
  private static String text(byte[] older, byte[] newest) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(older);
    all.writeBytes(newest);
    String text = all.toString(StandardCharsets.UTF_8);
    boolean whole = all.size() < MAX_READ_BYTES;
    return whole ? text : text.substring(text.indexOf('\n') + 1);
  }

  private @Nullable Object key() throws IOException {
    try {
      return Files.readAttributes(current, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static byte[] read(Path file, int lastBytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long start = Math.max(0, channel.size() - lastBytes);
      ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - start));
      channel.position(start);
      int read = 0;
      while (read >= 0 && buffer.hasRemaining()) {
        read = channel.read(buffer);
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }
}
