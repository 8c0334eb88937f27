package gantry.proxy.traffic.desync;

import gantry.proxy.traffic.desync.Dialect.Sizes;
import java.util.regex.Pattern;

/** Goes over a chunked body as one dialect does. */
final class ChunkReader {
  private static final Pattern SIZE_LINE =
      Pattern.compile("0*[0-7]?[0-9A-Fa-f]{1,15}([ \t]*;[\t -~\u0080-\u00ff]*)?");

  private final Dialect dialect;
  private final HeadReader trailers;

  ChunkReader(Dialect dialect, HeadReader trailers) {
    this.dialect = dialect;
    this.trailers = trailers;
  }

  /** Goes behind the body; false, and to the end of the bytes, when it is not complete. */
  boolean skip(Lines lines) throws RefusedBytes {
    for (String line = lines.next(); line != null; line = lines.next()) {
      long size = size(line);
      if (size == 0) {
        return trailers.fields(lines) != null || incomplete(lines);
      }
      if (!lines.skip(size) || !skipEnd(lines)) {
        return incomplete(lines);
      }
    }
    return incomplete(lines);
  }

  private static boolean incomplete(Lines lines) {
    lines.skip(lines.left());
    return false;
  }

  private long size(String line) throws RefusedBytes {
    if (dialect.sizes() != Sizes.STRICT) {
      return Numbers.leadingHex(line, dialect.sizes() == Sizes.SCANNED);
    }
    if (!SIZE_LINE.matcher(line).matches()) {
      throw new RefusedBytes("size of a chunk");
    }
    return Numbers.leadingHex(line, false);
  }

  private boolean skipEnd(Lines lines) throws RefusedBytes {
    if (dialect.sizes() == Sizes.LEADING_DIGITS) {
      return lines.skip(2); // whatever they are
    }
    boolean carriageReturn = lines.skipIf('\r');
    boolean lineFeed = lines.skipIf('\n');
    if (dialect.sizes() == Sizes.STRICT && !(carriageReturn && lineFeed) && !lines.isAtEnd()) {
      throw new RefusedBytes("end of a chunk");
    }
    return !lines.isAtEnd();
  }
}
