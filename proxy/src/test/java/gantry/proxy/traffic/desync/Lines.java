package gantry.proxy.traffic.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gantry.proxy.traffic.desync.Dialect.LineEnds;
import org.jspecify.annotations.Nullable;

/** A place in the bytes of a connection, and the lines from there on. */
final class Lines {
  private final byte[] bytes;
  private final LineEnds ends;
  private int at;

  Lines(byte[] bytes, LineEnds ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  boolean isAtEnd() {
    return at >= bytes.length;
  }

  long left() {
    return bytes.length - (long) at;
  }

  int place() {
    return at;
  }

  void goTo(int place) {
    at = place;
  }

  /** Goes on by so many bytes; false, and to the end, when there are fewer. */
  boolean skip(long count) {
    boolean enough = count >= 0 && count <= left();
    at = enough ? at + (int) count : bytes.length;
    return enough;
  }

  /** Goes on by one byte if it is this one. */
  boolean skipIf(char expected) {
    boolean found = at < bytes.length && bytes[at] == expected;
    at += found ? 1 : 0;
    return found;
  }

  /** The next line without its end; null when it is not complete, and then stays where it is. */
  @Nullable String next() throws RefusedBytes {
    for (int end = at; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        return take(end, end + 1);
      }
      if (bytes[end] == '\r' && ends == LineEnds.CR_TOO) {
        boolean pair = end + 1 < bytes.length && bytes[end + 1] == '\n';
        return take(end, end + (pair ? 2 : 1));
      }
    }
    return null;
  }

  private String take(int end, int next) throws RefusedBytes {
    String line = new String(bytes, at, end - at, ISO_8859_1);
    boolean carriageReturn = line.endsWith("\r");
    if (ends == LineEnds.CRLF && bytes[end] == '\n' && !carriageReturn) {
      throw new RefusedBytes("bare LF");
    }
    at = next;
    String content =
        carriageReturn && ends != LineEnds.CR_TOO ? line.substring(0, line.length() - 1) : line;
    if (ends == LineEnds.CRLF && content.indexOf('\r') >= 0) {
      throw new RefusedBytes("bare CR");
    }
    return content;
  }
}
