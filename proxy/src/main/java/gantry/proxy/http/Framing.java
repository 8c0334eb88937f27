package gantry.proxy.http;

import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a head says about the length of its body. */
final class Framing {
  private static final int MAX_DIGITS = 18;
  private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);

  private boolean chunked;
  private long length = -1;

  void clear() {
    chunked = false;
    length = -1;
  }

  boolean isChunked() {
    return chunked;
  }

  /** The length in bytes, or -1 when there is none given. */
  long length() {
    return length;
  }

  /** Whether the head speaks of a body at all. */
  boolean isSilent() {
    return !chunked && length < 0;
  }

  /** Content-Length: one plain number without leading zeros, of a size that no server overflows. */
  @Nullable Rejection length(long base, int from, int to) {
    if (length >= 0) {
      return Rejection.SEVERAL_LENGTHS;
    }
    int digits = Octets.skip(Octets.DIGIT, base, from, to) - from;
    boolean zeroInFront = digits > 1 && Memory.get(base + from) == '0';
    if (digits == 0 || digits > MAX_DIGITS || digits < to - from || zeroInFront) {
      return Rejection.BAD_LENGTH;
    }
    length = 0;
    for (int at = from; at < to; at++) {
      length = length * 10 + (Memory.get(base + at) - '0');
    }
    return null;
  }

  /** Transfer-Encoding: nothing but chunked. */
  @Nullable Rejection coding(long base, int from, int to) {
    if (chunked) {
      return Rejection.SEVERAL_CODINGS;
    }
    chunked = Octets.equalsIgnoreCase(base, from, to, CHUNKED);
    return chunked ? null : Rejection.UNKNOWN_CODING;
  }

  @Nullable Rejection judge(boolean oldVersion) {
    if (chunked && length >= 0) {
      return Rejection.LENGTH_AND_CODING;
    }
    return chunked && oldVersion ? Rejection.CODING_IN_OLD_VERSION : null;
  }
}
