package gantry.proxy.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into lines. Not thread-safe. */
public final class LineReader {
  private static final int FIRST_BYTES = 4096;

  private final Source source;
  private final int limitBytes;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int filled;
  private int searched;

  /** Where bytes come from; like a channel, a negative result is the end. */
  @FunctionalInterface
  public interface Source {
    /** Reads what is there, at least one byte. */
    int read(ByteBuffer into) throws IOException;
  }

  /** Reads lines of at most this length. */
  public LineReader(Source source, int limitBytes) {
    this.source = source;
    this.limitBytes = limitBytes;
  }

  /**
   * The next line without its end; null at the end of the stream. An unfinished last line is
   * dropped: its sender died while writing.
   *
   * @throws WireException when the line is too long
   */
  public @Nullable String next() throws IOException {
    while (true) {
      for (; searched < filled; searched++) {
        if (buffer[searched] == '\n') {
          return take(searched);
        }
      }
      if (filled == buffer.length) {
        grow();
      }
      int count = source.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
      if (count < 0) {
        return null;
      }
      filled += count;
    }
  }

  private String take(int end) {
    String line = new String(buffer, 0, end, StandardCharsets.UTF_8);
    System.arraycopy(buffer, end + 1, buffer, 0, filled - end - 1);
    filled -= end + 1;
    searched = 0;
    return line;
  }

  private void grow() throws WireException {
    if (filled >= limitBytes) {
      throw new WireException("a line is longer than " + limitBytes + " bytes");
    }
    buffer = Arrays.copyOf(buffer, Math.min(limitBytes, buffer.length * 2));
  }
}
