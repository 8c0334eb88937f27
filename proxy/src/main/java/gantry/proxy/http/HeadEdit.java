package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Changes heads where they lie: takes lines out, and adds others at the end. What follows the head
 * in the chunk is moved. One loop has one.
 */
final class HeadEdit {
  static final byte[] LINE_END = ascii("\r\n");
  static final byte[] NOTHING = {};
  static final byte[] CONNECTION_CLOSE = ascii("Connection: close\r\n");
  static final byte[] CONNECTION_KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  static final byte[] CONNECTION_UPGRADE = ascii("Connection: upgrade\r\n");

  /** As much as fits behind what was received. */
  private final byte[] added = new byte[Chunk.TAIL_ROOM];

  private int length;

  void begin() {
    length = 0;
  }

  void add(byte[] bytes) {
    System.arraycopy(bytes, 0, added, length, bytes.length);
    length += bytes.length;
  }

  void add(long address, int bytes) {
    MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_BYTE, address, added, length, bytes);
    length += bytes;
  }

  /**
   * Applies the head's cuts and adds what was collected; the chunk has room for that.
   *
   * @return the new length, from the chunk's new position on
   */
  int apply(Head head, Chunk chunk) {
    Cuts cuts = head.hopByHop.cuts;
    int cut = cuts.bytes();
    if (length + cut + head.start() == 0) {
      return head.length();
    }
    long base = chunk.address() + chunk.position();
    int lastLine = head.length() - LINE_END.length;
    cuts.remove(base, lastLine);
    int kept = lastLine - cut;
    int total = kept + length + LINE_END.length;
    int rest = chunk.length() - head.length();
    Memory.copy(base + head.length(), base + total, rest);
    MemorySegment.copy(added, 0, Memory.ALL, ValueLayout.JAVA_BYTE, base + kept, length);
    Memory.put(base + kept + length, LINE_END);
    chunk.content(chunk.position() + head.start(), chunk.position() + total + rest);
    return total - head.start();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
