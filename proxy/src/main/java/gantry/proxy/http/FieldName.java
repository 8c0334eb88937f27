package gantry.proxy.http;

import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells the fields that matter to a proxy by their names, whatever the case. A name of up to 24
 * bytes is three words of small letters, and matching compares whole words.
 */
final class FieldName {
  static final int OTHER = 0;
  static final int TE = 1;
  static final int HOST = 2;
  static final int EXPECT = 3;
  static final int UPGRADE = 4;
  static final int CONNECTION = 5;
  static final int KEEP_ALIVE = 6;
  static final int CONTENT_LENGTH = 7;
  static final int PROXY_CONNECTION = 8;
  static final int TRANSFER_ENCODING = 9;
  static final int FORWARDED_FOR = 10;
  static final int FORWARDED_HOST = 11;
  static final int FORWARDED_PROTO = 12;
  static final int TRAILER = 13;
  static final int FORWARDED = 14;

  /** Bytes that must be readable before a name, so that short names too are read as words. */
  static final int BYTES_BEFORE = Long.BYTES;

  private static final long SMALL = 0x2020_2020_2020_2020L;
  private static final int LONGEST = 17;
  private static final Known[][] BY_LENGTH = new Known[LONGEST + 1][];

  static {
    known(TE, "te");
    known(HOST, "host");
    known(EXPECT, "expect");
    known(UPGRADE, "upgrade");
    known(TRAILER, "trailer");
    known(FORWARDED, "forwarded");
    known(CONNECTION, "connection");
    known(KEEP_ALIVE, "keep-alive");
    known(CONTENT_LENGTH, "content-length");
    known(FORWARDED_FOR, "x-forwarded-for");
    known(FORWARDED_HOST, "x-forwarded-host");
    known(PROXY_CONNECTION, "proxy-connection");
    known(TRANSFER_ENCODING, "transfer-encoding");
    known(FORWARDED_PROTO, "x-forwarded-proto");
  }

  private FieldName() {}

  /**
   * Which field a name means. The name consists of token bytes, and {@link #BYTES_BEFORE} bytes
   * before it can be read.
   */
  static int of(long address, int length) {
    if (length > LONGEST || BY_LENGTH[length] == null) {
      return OTHER;
    }
    return of(length, word(address, length, 0), word(address, length, 1), word(address, length, 2));
  }

  /** The same for a name as words of small letters, the first byte lowest, zeros behind. */
  static int of(int length, long first, long second, long third) {
    if (length <= LONGEST && BY_LENGTH[length] != null) {
      for (Known known : BY_LENGTH[length]) {
        if (known.first == first && known.second == second && known.third == third) {
          return known.name;
        }
      }
    }
    return OTHER;
  }

  private static long word(long address, int length, int index) {
    int bytes = length - index * Long.BYTES;
    if (bytes <= 0) {
      return 0;
    }
    if (bytes >= Long.BYTES) {
      return Memory.ALL.get(Memory.LONG, address + (long) index * Long.BYTES) | SMALL;
    }
    long last = Memory.ALL.get(Memory.LONG, address + length - Long.BYTES) | SMALL;
    return last >>> (Long.SIZE - bytes * Byte.SIZE);
  }

  private static void known(int name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    long[] words = new long[3];
    for (int i = 0; i < bytes.length; i++) {
      words[i / Long.BYTES] |= (long) bytes[i] << (i % Long.BYTES * Byte.SIZE);
    }
    Known[] old = BY_LENGTH[bytes.length];
    Known[] grown = old == null ? new Known[1] : Arrays.copyOf(old, old.length + 1);
    grown[grown.length - 1] = new Known(name, words[0], words[1], words[2]);
    BY_LENGTH[bytes.length] = grown;
  }

  private record Known(int name, long first, long second, long third) {}
}
