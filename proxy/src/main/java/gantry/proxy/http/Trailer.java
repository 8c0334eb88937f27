package gantry.proxy.http;

/** The field lines behind the last chunk of a body, byte by byte. Reusable. */
final class Trailer {
  private static final int MAX_NAME_WORDS = 3;

  private enum State {
    LINE,
    NAME,
    VALUE,
    FEED,
    LAST_FEED,
    OVER
  }

  private final long[] name = new long[MAX_NAME_WORDS];
  private State state = State.LINE;
  private int nameLength;
  private int length;

  void clear() {
    state = State.LINE;
    nameLength = 0;
    length = 0;
  }

  boolean isOver() {
    return state == State.OVER;
  }

  /** Bytes so far. */
  int length() {
    return length;
  }

  /** Takes the next byte; false when the trailer is malformed or has a forbidden field. */
  boolean read(byte octet) {
    length++;
    return switch (state) {
      case LINE -> line(octet);
      case NAME -> name(octet);
      case VALUE -> value(octet);
      case FEED, LAST_FEED -> feed(octet);
      case OVER -> throw new IllegalStateException("the trailer is over");
    };
  }

  private boolean line(byte octet) {
    if (octet == Octets.CR) {
      state = State.LAST_FEED;
      return true;
    }
    begin();
    return name(octet);
  }

  private boolean value(byte octet) {
    state = octet == Octets.CR ? State.FEED : State.VALUE;
    return octet == Octets.CR || Octets.isText(octet);
  }

  private boolean feed(byte octet) {
    state = state == State.FEED ? State.LINE : State.OVER;
    return octet == Octets.LF;
  }

  private void begin() {
    nameLength = 0;
    name[0] = 0;
    name[1] = 0;
    name[2] = 0;
    state = State.NAME;
  }

  private boolean name(byte octet) {
    if (octet == ':') {
      state = State.VALUE;
      return nameLength > 0 && isAllowed();
    }
    if (nameLength < MAX_NAME_WORDS * Long.BYTES) {
      long small = octet | 0x20;
      name[nameLength / Long.BYTES] |= small << (nameLength % Long.BYTES * Byte.SIZE);
    }
    nameLength++;
    return Octets.is(Octets.TOKEN, octet);
  }

  /** What frames, routes or ends a message must not come after it (RFC 9110, 6.5.1). */
  private boolean isAllowed() {
    return FieldName.of(nameLength, name[0], name[1], name[2]) == FieldName.OTHER;
  }
}
