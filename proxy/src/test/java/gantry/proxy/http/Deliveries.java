package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Chunks;
import gantry.proxy.io.Memory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Delivers bytes to the scanners: whole, in pieces, and always with other bytes around them that
 * must make no difference.
 */
final class Deliveries {
  private static final int BEFORE = 64;

  private final Chunks chunks = new Chunks();

  /** What a scan of a head gave, and after how many bytes. */
  record Outcome(Head.Result result, @Nullable Rejection rejection, int length, long body) {}

  /** What a scan of a chunked body gave, and how many bytes belonged to it. */
  record Body(int length, boolean over, @Nullable Rejection rejection) {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The bytes at the beginning of a chunk's content. */
  Chunk chunk(byte[] bytes) {
    Chunk chunk = chunks.large();
    surround(chunk, 'X');
    chunk.content(BEFORE, BEFORE);
    chunk.append(bytes);
    return chunk;
  }

  /** Scans a head that arrives at once, with a certain byte all around it. */
  Outcome whole(Head head, byte[] bytes, char around) {
    return split(head, bytes, around, bytes.length);
  }

  /** Scans a head that arrives in pieces that end at the positions, and then to its end. */
  Outcome split(Head head, byte[] bytes, char around, int... ends) {
    head.clear();
    Chunk chunk = chunks.large();
    surround(chunk, around);
    Head.Result result = Head.Result.INCOMPLETE;
    for (int i = 0; i <= ends.length && result == Head.Result.INCOMPLETE; i++) {
      int end = i == ends.length ? bytes.length : ends[i];
      Memory.put(chunk.address() + BEFORE, java.util.Arrays.copyOf(bytes, end));
      chunk.content(BEFORE, BEFORE + end);
      result = head.scan(chunk);
    }
    chunk.release();
    return outcome(head, result);
  }

  /** Scans a head that arrives byte by byte. */
  Outcome byteByByte(Head head, byte[] bytes) {
    head.clear();
    Chunk chunk = chunk(bytes);
    Head.Result result = Head.Result.INCOMPLETE;
    for (int end = 0; end <= bytes.length && result == Head.Result.INCOMPLETE; end++) {
      chunk.content(BEFORE, BEFORE + end);
      result = head.scan(chunk);
    }
    chunk.release();
    return outcome(head, result);
  }

  /** Scans a chunked body whose bytes arrive in two pieces. */
  Body body(ChunkedBody body, byte[] bytes, int split) {
    body.clear();
    Chunk chunk = chunk(bytes);
    long address = chunk.address() + chunk.position();
    int length = body.scan(address, split);
    if (length == split) {
      length += body.scan(address + split, bytes.length - split);
    }
    chunk.release();
    return new Body(length, body.isOver(), body.rejection());
  }

  /** Scans a chunked body whose bytes arrive one by one. */
  Body bodyByteByByte(ChunkedBody body, byte[] bytes) {
    body.clear();
    Chunk chunk = chunk(bytes);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      length += body.scan(chunk.address() + chunk.position() + i, 1);
    }
    chunk.release();
    return new Body(length, body.isOver(), body.rejection());
  }

  private static Outcome outcome(Head head, Head.Result result) {
    return switch (result) {
      case INCOMPLETE -> new Outcome(result, null, 0, 0);
      case COMPLETE -> new Outcome(result, null, head.length(), head.body());
      case REJECTED -> new Outcome(result, head.rejection(), 0, 0);
    };
  }

  private static void surround(Chunk chunk, char around) {
    byte[] all = new byte[chunk.capacity()];
    java.util.Arrays.fill(all, (byte) around);
    Memory.put(chunk.address(), all);
  }
}
