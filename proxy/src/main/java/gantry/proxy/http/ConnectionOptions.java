package gantry.proxy.http;

import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;

/** What the Connection fields of a head say: options, and names of fields that end here. */
final class ConnectionOptions {
  private static final int MAX_NAMED = 16;
  private static final byte[] CLOSE = "close".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UPGRADE = "upgrade".getBytes(StandardCharsets.US_ASCII);

  private final int[] named = new int[2 * MAX_NAMED];
  private int namedCount;
  private boolean close;
  private boolean keepAlive;
  private boolean upgrade;

  void clear() {
    namedCount = 0;
    close = false;
    keepAlive = false;
    upgrade = false;
  }

  boolean close() {
    return close;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  boolean upgrade() {
    return upgrade;
  }

  /** Whether other fields are named. */
  boolean namesFields() {
    return namedCount > 0;
  }

  /** Reads the value of one field; false when it is not a list of names that may be named. */
  boolean read(long base, int from, int to) {
    int at = from;
    while (at < to) {
      int name = Octets.skipBlank(base, at, to);
      int end = Octets.skip(Octets.TOKEN, base, name, to);
      int comma = Octets.skipBlank(base, end, to);
      if ((comma < to && Memory.get(base + comma) != ',') || !option(base, name, end)) {
        return false;
      }
      at = comma + 1;
    }
    return true;
  }

  /** Whether the field with this name was named. */
  boolean names(long base, int from, int to) {
    for (int i = 0; i < 2 * namedCount; i += 2) {
      if (named[i + 1] - named[i] == to - from && sameName(base, named[i], from, to)) {
        return true;
      }
    }
    return false;
  }

  private boolean option(long base, int from, int to) {
    if (from == to) {
      return true;
    }
    if (Octets.equalsIgnoreCase(base, from, to, KEEP_ALIVE)) {
      keepAlive = true;
    } else if (Octets.equalsIgnoreCase(base, from, to, CLOSE)) {
      close = true;
    } else if (Octets.equalsIgnoreCase(base, from, to, UPGRADE)) {
      upgrade = true;
    } else {
      return name(base, from, to);
    }
    return true;
  }

  /** A message without the fields that frame it would be another message. */
  private boolean name(long base, int from, int to) {
    int field = FieldName.of(base + from, to - from);
    boolean frames =
        field == FieldName.HOST
            || field == FieldName.CONTENT_LENGTH
            || field == FieldName.TRANSFER_ENCODING;
    if (frames || namedCount == MAX_NAMED) {
      return false;
    }
    named[2 * namedCount] = from;
    named[2 * namedCount++ + 1] = to;
    return true;
  }

  private static boolean sameName(long base, int first, int second, int secondEnd) {
    for (int i = 0; i < secondEnd - second; i++) {
      if (Octets.small(Memory.get(base + first + i))
          != Octets.small(Memory.get(base + second + i))) {
        return false;
      }
    }
    return true;
  }
}
