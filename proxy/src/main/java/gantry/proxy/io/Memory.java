package gantry.proxy.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** All of this process's memory by absolute address: what chunks point into. Unchecked. */
@SuppressWarnings("restricted")
public final class Memory {
  /** Offset in it = address. */
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** Eight bytes at any address, the first one lowest. */
  public static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Memory() {}

  /** One byte. */
  public static byte get(long address) {
    return ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  /** Sets one byte. */
  public static void put(long address, byte value) {
    ALL.set(ValueLayout.JAVA_BYTE, address, value);
  }

  /** Copies; the ranges may overlap. */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(ALL, from, ALL, to, bytes);
  }

  /** Copies an array to an address. */
  public static void put(long address, byte[] bytes) {
    MemorySegment.copy(bytes, 0, ALL, ValueLayout.JAVA_BYTE, address, bytes.length);
  }

  /** Copies a range out. */
  public static byte[] bytes(long address, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, bytes, 0, length);
    return bytes;
  }
}
