package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The head of a message, scanned where it lies while it arrives. Reusable; one connection at a
 * time.
 *
 * <p>A line is looked at when it is complete, so that the result is the same however the bytes were
 * split, and each byte is looked at twice at most. Everything is relative to the chunk's position,
 * which may change between two scans, like the chunk, as long as the content is the same.
 *
 * <p>Rejects, never repairs: whatever another server might read in another way is not let through.
 */
public abstract sealed class Head permits RequestHead, ResponseHead {
  /** What a scan found. */
  public enum Result {
    /** More bytes are needed. */
    INCOMPLETE,
    /** The whole head is there and will be served. */
    COMPLETE,
    /** It will not be served, see {@link Head#rejection()}. */
    REJECTED
  }

  /** Longest head, and therefore longest line, in bytes. */
  public static final int MAX_BYTES = 16 * 1024;

  /** Most fields of a head. */
  public static final int MAX_FIELDS = 128;

  /** A body in chunks. */
  public static final long CHUNKED = -1;

  /** A body that ends with the connection. */
  public static final long UNTIL_CLOSE = -2;

  private static final int LINE_END_BYTES = 2;

  final Framing framing = new Framing();
  final HopByHop hopByHop = new HopByHop();
  long base;
  boolean oldVersion;
  private int searched;
  private int start;
  private int line;
  private int firstField;
  private int fields;
  private int end;
  private @Nullable Rejection rejection;

  Head() {}

  /** Forgets everything: the next scan is of another head. */
  public void clear() {
    framing.clear();
    hopByHop.clear();
    oldVersion = false;
    searched = 0;
    start = 0;
    line = 0;
    firstField = 0;
    fields = 0;
    end = 0;
    rejection = null;
  }

  /** Scans what the chunk has from its position on, going on where the last scan ended. */
  public final Result scan(Chunk chunk) {
    base = chunk.address() + chunk.position();
    int available = Math.min(chunk.length(), MAX_BYTES);
    while (end == 0 && rejection == null) {
      int feed = Octets.lineFeed(base, searched, available);
      if (feed < 0) {
        searched = available;
        if (available < MAX_BYTES) {
          return Result.INCOMPLETE;
        }
        rejection = firstField == 0 ? Rejection.LINE_TOO_LONG : Rejection.HEAD_TOO_LONG;
      } else {
        rejection = line(line, feed);
      }
    }
    return rejection == null ? Result.COMPLETE : Result.REJECTED;
  }

  /** Why it is rejected; only after that result. */
  public final Rejection rejection() {
    if (rejection == null) {
      throw new IllegalStateException("not rejected");
    }
    return rejection;
  }

  /** Bytes of the complete head, counted from the chunk's position. */
  public final int length() {
    return end;
  }

  /** Bytes from the chunk's position to the first line: an empty line that is not forwarded. */
  public final int start() {
    return start;
  }

  /** Whether it is HTTP/1.0 and not HTTP/1.1. */
  public final boolean isOldVersion() {
    return oldVersion;
  }

  /** Whether the sender of this head will use the connection again after the message. */
  public boolean keepAlive() {
    return !hopByHop.options.close() && (!oldVersion || hopByHop.options.keepAlive());
  }

  /** Length of the body in bytes, which may be 0, or {@link #CHUNKED} or {@link #UNTIL_CLOSE}. */
  public abstract long body();

  /** Whether an empty line before the head is left out. */
  abstract boolean allowsEmptyLine();

  abstract @Nullable Rejection startLine(int from, int to);

  /** A field that is not handled here. The end of its lines is {@link #nextLine()}. */
  abstract @Nullable Rejection field(int name, int lineFrom, int from, int to);

  /** The head is complete: what can only be judged now. */
  abstract @Nullable Rejection judge();

  final int nextLine() {
    return line;
  }

  private @Nullable Rejection line(int from, int feed) {
    line = feed + 1;
    searched = line;
    int to = feed - 1;
    if (to < from || Memory.get(base + to) != Octets.CR) {
      return Rejection.LINE_END;
    }
    if (firstField == 0) {
      return firstLine(from, to);
    }
    if (from == to) {
      return lastLine();
    }
    return ++fields > MAX_FIELDS ? Rejection.TOO_MANY_FIELDS : fieldLine(from, to);
  }

  private @Nullable Rejection firstLine(int from, int to) {
    if (to == 0 && allowsEmptyLine()) {
      start = line;
      return null;
    }
    firstField = line;
    return startLine(from, to);
  }

  private @Nullable Rejection lastLine() {
    end = line;
    hopByHop.cutNamed(base, firstField, end - LINE_END_BYTES);
    Rejection bad = framing.judge(oldVersion);
    return bad == null ? judge() : bad;
  }

  private @Nullable Rejection fieldLine(int from, int to) {
    if (Octets.isBlank(Memory.get(base + from))) {
      return Rejection.FOLDED;
    }
    int colon = Octets.skip(Octets.TOKEN, base, from, to);
    if (colon == from || colon == to || Memory.get(base + colon) != ':') {
      return Rejection.FIELD_NAME;
    }
    if (!Octets.isText(base, colon + 1, to)) {
      return Rejection.CONTROL_CHARACTER;
    }
    int name = FieldName.of(base + from, colon - from);
    if (name == FieldName.OTHER) {
      return null;
    }
    int value = Octets.skipBlank(base, colon + 1, to);
    return knownField(name, from, value, Octets.trimEnd(base, value, to));
  }

  private @Nullable Rejection knownField(int name, int lineFrom, int from, int to) {
    return switch (name) {
      case FieldName.CONTENT_LENGTH -> framing.length(base, from, to);
      case FieldName.TRANSFER_ENCODING -> framing.coding(base, from, to);
      case FieldName.CONNECTION -> {
        var _ = hopByHop.field(name, lineFrom, line);
        yield hopByHop.options.read(base, from, to) ? null : Rejection.BAD_CONNECTION;
      }
      case FieldName.KEEP_ALIVE, FieldName.PROXY_CONNECTION, FieldName.TE, FieldName.UPGRADE ->
          hopByHop.field(name, lineFrom, line);
      default -> field(name, lineFrom, from, to);
    };
  }
}
