package gantry.proxy.http;

import gantry.proxy.io.Memory;

/** Classes of bytes and searches for them, in native memory; eight at a time where it pays. */
final class Octets {
  static final byte HTAB = '\t';
  static final byte LF = '\n';
  static final byte CR = '\r';
  static final byte SP = ' ';

  /** What field names are made of (RFC 9110, 5.6.2). */
  static final int TOKEN = 1;

  /** What methods are made of. Small letters are tokens too, but some servers fold their case. */
  static final int METHOD = 2;

  /** What request targets are made of: visible ASCII without the number sign. */
  static final int TARGET = 4;

  /** What hosts with ports are made of: names, addresses, escapes. */
  static final int HOST = 8;

  static final int DIGIT = 16;

  private static final byte[] CLASSES = classes();
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;

  private Octets() {}

  static boolean is(int kind, byte octet) {
    return (CLASSES[octet & 0xff] & kind) != 0;
  }

  /** The first position at or after {@code from} that is not of the kind; {@code to} if none. */
  static int skip(int kind, long base, int from, int to) {
    int at = from;
    while (at < to && is(kind, Memory.get(base + at))) {
      at++;
    }
    return at;
  }

  /** The first line feed, or -1. */
  static int lineFeed(long base, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long hits = zeros(Memory.ALL.get(Memory.LONG, base + at) ^ (LF * ONES));
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (Memory.get(base + at) == LF) {
        return at;
      }
    }
    return -1;
  }

  /** Whether there is no control byte but tabs: what field values may consist of. */
  static boolean isText(long base, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = Memory.ALL.get(Memory.LONG, base + at);
      long below = (word - SP * ONES) & ~word & HIGH;
      if ((below | zeros(word ^ (0x7f * ONES))) != 0 && !areText(base, at, at + Long.BYTES)) {
        return false;
      }
    }
    return areText(base, at, to);
  }

  static boolean isText(byte octet) {
    return (octet & 0xff) >= SP ? octet != 0x7f : octet == HTAB;
  }

  /** The first position that is neither space nor tab. */
  static int skipBlank(long base, int from, int to) {
    int at = from;
    while (at < to && isBlank(Memory.get(base + at))) {
      at++;
    }
    return at;
  }

  /** Where the text ends when the spaces and tabs behind it are left out. */
  static int trimEnd(long base, int from, int to) {
    int end = to;
    while (end > from && isBlank(Memory.get(base + end - 1))) {
      end--;
    }
    return end;
  }

  static boolean isBlank(byte octet) {
    return octet == SP || octet == HTAB;
  }

  /** Whether the range reads as the text, which is in small letters, whatever its case. */
  static boolean equalsIgnoreCase(long base, int from, int to, byte[] small) {
    if (to - from != small.length) {
      return false;
    }
    for (int i = 0; i < small.length; i++) {
      if (small(Memory.get(base + from + i)) != small[i]) {
        return false;
      }
    }
    return true;
  }

  static byte small(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
  }

  private static boolean areText(long base, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!isText(Memory.get(base + at))) {
        return false;
      }
    }
    return true;
  }

  /** The high bit of each zero byte; above the lowest one, others may be set by mistake. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH;
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (int c = '!'; c <= '~'; c++) {
      boolean digit = c >= '0' && c <= '9';
      boolean capital = c >= 'A' && c <= 'Z';
      boolean alphanumeric = digit || capital || (c >= 'a' && c <= 'z');
      int kinds = c == '#' ? 0 : TARGET;
      kinds |= alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0 ? TOKEN : 0;
      kinds |= capital || c == '-' || c == '_' ? METHOD : 0;
      kinds |= alphanumeric || "-._~%:[]".indexOf(c) >= 0 ? HOST : 0;
      kinds |= digit ? DIGIT : 0;
      classes[c] = (byte) kinds;
    }
    return classes;
  }
}
