package gantry.proxy.traffic.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads well-formed HTTP/1.1 heads, from clients and servers that these tests know. */
final class HttpLines {
  private final InputStream input;

  /** The input should be buffered: it is read byte by byte. */
  HttpLines(InputStream input) {
    this.input = input;
  }

  /**
   * A head.
   *
   * @param first the request line or the status line
   * @param length of the body; 0 when the head does not say
   * @param close whether the connection ends after this message
   */
  record Head(String first, long length, boolean close) {
    /** The word after the first blank: a target or a status. */
    String second() {
      int blank = first.indexOf(' ');
      int next = first.indexOf(' ', blank + 1);
      return first.substring(blank + 1, next < 0 ? first.length() : next);
    }
  }

  /** The next head; null when the stream ended before it. */
  @Nullable Head next() throws IOException {
    String first = line();
    if (first == null) {
      return null;
    }
    long length = 0;
    boolean close = false;
    for (String field = line(); !"".equals(field); field = line()) {
      if (field == null) {
        throw new EOFException("the stream ended within a head");
      }
      String lower = field.toLowerCase(Locale.ROOT);
      length = lower.startsWith("content-length:") ? Long.parseLong(value(lower)) : length;
      close |= lower.startsWith("connection:") && value(lower).equals("close");
    }
    return new Head(first, length, close);
  }

  private static String value(String field) {
    return field.substring(field.indexOf(':') + 1).strip();
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = input.read();
    if (read < 0) {
      return null;
    }
    for (; read >= 0 && read != '\n'; read = input.read()) {
      line.write(read);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
