package gantry.proxy.http;

import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The first line of a request: method, target, version. */
final class RequestLine {
  private static final int VERSION_BYTES = "HTTP/1.1".length();
  private static final long VERSION_1_1 = word("HTTP/1.1");
  private static final long VERSION_1_0 = word("HTTP/1.0");
  private static final long METHOD_GET = word("GET");
  private static final long METHOD_HEAD = word("HEAD");
  private static final long METHOD_PUT = word("PUT");
  private static final long METHOD_DELETE = word("DELETE");
  private static final long METHOD_OPTIONS = word("OPTIONS");
  private static final long METHOD_TRACE = word("TRACE");
  private static final long METHOD_CONNECT = word("CONNECT");
  private static final byte[] HTTP = bytes("http://");
  private static final byte[] HTTPS = bytes("https://");

  private long method;
  private boolean oldVersion;
  private int hostFrom;
  private int hostTo;

  void clear() {
    method = 0;
    oldVersion = false;
    hostFrom = 0;
    hostTo = 0;
  }

  boolean isHead() {
    return method == METHOD_HEAD;
  }

  boolean isIdempotent() {
    return method == METHOD_GET
        || method == METHOD_HEAD
        || method == METHOD_PUT
        || method == METHOD_DELETE
        || method == METHOD_OPTIONS
        || method == METHOD_TRACE;
  }

  boolean isOldVersion() {
    return oldVersion;
  }

  /** Whether the target is a URL and not a path. */
  boolean isAbsolute() {
    return hostFrom > 0;
  }

  int hostFrom() {
    return hostFrom;
  }

  int hostTo() {
    return hostTo;
  }

  @Nullable Rejection read(long base, int from, int to) {
    int space = Octets.skip(Octets.METHOD, base, from, to);
    int target = space + 1;
    int versionSpace = to - VERSION_BYTES - 1;
    if (space < to && (space == from || Memory.get(base + space) != Octets.SP)) {
      return Rejection.METHOD;
    }
    if (target > versionSpace) {
      return Rejection.REQUEST_LINE;
    }
    method = method(base, from, space);
    if (Memory.get(base + versionSpace) != Octets.SP) {
      return Rejection.REQUEST_LINE;
    }
    Rejection bad = version(base + versionSpace + 1);
    if (bad != null) {
      return bad;
    }
    return method == METHOD_CONNECT ? Rejection.CONNECT : target(base, target, versionSpace);
  }

  private @Nullable Rejection version(long address) {
    long version = Memory.ALL.get(Memory.LONG, address);
    oldVersion = version == VERSION_1_0;
    if (oldVersion || version == VERSION_1_1) {
      return null;
    }
    boolean another = Octets.is(Octets.DIGIT, Memory.get(address + 5));
    another &= Memory.get(address + 6) == '.';
    another &= Octets.is(Octets.DIGIT, Memory.get(address + 7));
    another &= (version << 24) == (VERSION_1_1 << 24);
    return another ? Rejection.VERSION : Rejection.REQUEST_LINE;
  }

  private @Nullable Rejection target(long base, int from, int to) {
    if (from == to || Octets.skip(Octets.TARGET, base, from, to) < to) {
      return Rejection.TARGET;
    }
    byte first = Memory.get(base + from);
    if (first == '/') {
      return null;
    }
    if (first == '*') {
      return to - from == 1 && method == METHOD_OPTIONS ? null : Rejection.TARGET;
    }
    return absolute(base, from, to) ? null : Rejection.TARGET;
  }

  private boolean absolute(long base, int from, int to) {
    if (starts(base, from, to, HTTP)) {
      hostFrom = from + HTTP.length;
    } else if (starts(base, from, to, HTTPS)) {
      hostFrom = from + HTTPS.length;
    } else {
      return false;
    }
    hostTo = Octets.skip(Octets.HOST, base, hostFrom, to);
    return hostTo > hostFrom
        && (hostTo == to || Memory.get(base + hostTo) == '/' || Memory.get(base + hostTo) == '?');
  }

  private static boolean starts(long base, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Octets.equalsIgnoreCase(base, from, from + prefix.length, prefix);
  }

  /** The method as a word when it has at most eight letters; zero when it is longer. */
  private static long method(long base, int from, int to) {
    long word = 0;
    for (int i = 0; i < to - from && to - from <= Long.BYTES; i++) {
      word |= (long) Memory.get(base + from + i) << (i * Byte.SIZE);
    }
    return word;
  }

  private static long word(String text) {
    long word = 0;
    for (int i = 0; i < text.length(); i++) {
      word |= (long) text.charAt(i) << (i * Byte.SIZE);
    }
    return word;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
