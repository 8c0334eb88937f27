package gantry.proxy.http;

import gantry.proxy.io.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Follows a body in chunks through buffers that split it anywhere, and tells where it ends. The
 * bytes are not changed. Rejects what another server might read in another way: other line ends
 * than CR LF, spaces around a size, sizes that overflow, and long or odd extensions and trailers.
 * Reusable.
 */
public final class ChunkedBody {
  private static final int MAX_DIGITS = 16;
  private static final int MAX_EXTENSION_BYTES = 1024;
  private static final int MAX_TRAILER_BYTES = 8 * 1024;

  /** Extensions of all chunks together: who sends more wants to keep the proxy busy. */
  private static final int MAX_EXTENSIONS_BYTES = 64 * 1024;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_FEED,
    DATA,
    DATA_RETURN,
    DATA_FEED,
    TRAILER,
    OVER
  }

  private final Trailer trailer = new Trailer();
  private State state = State.SIZE;
  private @Nullable Rejection rejection;
  private long left;
  private int digits;
  private int extension;
  private int extensions;

  /** The next bytes are those of another body. */
  public void clear() {
    trailer.clear();
    state = State.SIZE;
    rejection = null;
    left = 0;
    digits = 0;
    extension = 0;
    extensions = 0;
  }

  /** Whether the body and its trailer are complete. */
  public boolean isOver() {
    return state == State.OVER;
  }

  /** Why it is rejected, or null. */
  public @Nullable Rejection rejection() {
    return rejection;
  }

  /**
   * Takes the next bytes.
   *
   * @return how many of them belong to the body: all, unless it is over or rejected
   */
  public int scan(long address, int length) {
    int at = 0;
    while (at < length && state != State.OVER && rejection == null) {
      if (state == State.DATA) {
        int bytes = (int) Math.min(left, length - at);
        left -= bytes;
        at += bytes;
        state = left == 0 ? State.DATA_RETURN : State.DATA;
      } else {
        rejection = step(Memory.get(address + at));
        at++;
      }
    }
    return at;
  }

  private @Nullable Rejection step(byte octet) {
    return switch (state) {
      case SIZE -> size(octet);
      case EXTENSION -> extension(octet);
      case SIZE_FEED -> sizeFeed(octet);
      case DATA_RETURN -> expect(octet, Octets.CR, State.DATA_FEED);
      case DATA_FEED -> expect(octet, Octets.LF, State.SIZE);
      case TRAILER -> trailer(octet);
      case DATA, OVER -> throw new IllegalStateException(state.name());
    };
  }

  private @Nullable Rejection size(byte octet) {
    int value = Character.digit(octet, MAX_DIGITS);
    if (value >= 0) {
      boolean overflows = left > Long.MAX_VALUE >> 4 || digits == MAX_DIGITS;
      left = left << 4 | value;
      digits++;
      return overflows ? Rejection.BAD_CHUNK : null;
    }
    if (digits == 0) {
      return Rejection.BAD_CHUNK;
    }
    extension = 0;
    state = octet == ';' ? State.EXTENSION : State.SIZE_FEED;
    return octet == ';' || octet == Octets.CR ? null : Rejection.BAD_CHUNK;
  }

  private @Nullable Rejection extension(byte octet) {
    if (octet == Octets.CR) {
      state = State.SIZE_FEED;
      return null;
    }
    boolean tooMuch = ++extension > MAX_EXTENSION_BYTES || ++extensions > MAX_EXTENSIONS_BYTES;
    return tooMuch || !Octets.isText(octet) ? Rejection.BAD_CHUNK : null;
  }

  private @Nullable Rejection sizeFeed(byte octet) {
    digits = 0;
    return expect(octet, Octets.LF, left == 0 ? State.TRAILER : State.DATA);
  }

  private @Nullable Rejection trailer(byte octet) {
    if (!trailer.read(octet) || trailer.length() > MAX_TRAILER_BYTES) {
      return Rejection.BAD_TRAILER;
    }
    if (trailer.isOver()) {
      state = State.OVER;
    }
    return null;
  }

  private @Nullable Rejection expect(byte octet, byte wanted, State next) {
    state = next;
    return octet == wanted ? null : Rejection.BAD_CHUNK;
  }
}
