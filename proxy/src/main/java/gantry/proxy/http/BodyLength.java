package gantry.proxy.http;

import org.jspecify.annotations.Nullable;

/** Follows a body of any framing and tells where it ends. Reusable. */
final class BodyLength {
  private final ChunkedBody chunks = new ChunkedBody();
  private boolean chunked;
  private long left;
  private boolean over = true;

  /** Begins a body whose head said so: a length, or one of {@link Head}'s constants. */
  void begin(long body) {
    chunked = body == Head.CHUNKED;
    left = body == Head.UNTIL_CLOSE ? Long.MAX_VALUE : body;
    over = body == 0;
    if (chunked) {
      chunks.clear();
    }
  }

  /**
   * Takes the next bytes.
   *
   * @return how many of them belong to the body
   */
  int take(long address, int length) {
    if (over) {
      return 0;
    }
    if (chunked) {
      int bytes = chunks.scan(address, length);
      over = chunks.isOver();
      return bytes;
    }
    int bytes = (int) Math.min(length, left);
    moved(bytes);
    return bytes;
  }

  /** Bytes of the body went by without having been looked at; not when it is chunked. */
  void moved(long bytes) {
    if (left != Long.MAX_VALUE) {
      left -= bytes;
      over = left == 0;
    }
  }

  /** The connection has ended; false when that is not how this body ends. */
  boolean end() {
    over |= isUntilClose();
    return over;
  }

  boolean isOver() {
    return over;
  }

  boolean isUntilClose() {
    return !chunked && left == Long.MAX_VALUE;
  }

  /** Why the body is rejected, or null. */
  @Nullable Rejection rejection() {
    return chunked ? chunks.rejection() : null;
  }

  /** Bytes that may go by without being looked at; 0 when each must be. */
  long left() {
    return chunked || over ? 0 : left;
  }
}
