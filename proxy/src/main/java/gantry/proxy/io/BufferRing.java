package gantry.proxy.io;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Chunks that the kernel may receive into, so that a waiting socket holds none: it picks one when
 * bytes are there. One loop.
 */
final class BufferRing {
  static final int GROUP = 0;

  private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
  static final int ENTRIES = 256;
  private static final int ENTRY_BYTES = 16;
  private static final int PAGE_BYTES = 4096;

  /** The tail lies in the first entry's unused field. */
  private static final int TAIL_AT = 14;

  private final Loop loop;
  private final long memory =
      Arena.global().allocate((long) ENTRIES * ENTRY_BYTES, PAGE_BYTES).address();
  private final @Nullable Chunk[] byNumber = new @Nullable Chunk[ENTRIES];
  private final int[] unused = new int[ENTRIES];
  private int unusedCount;
  private int tail;

  BufferRing(Loop loop, Ring ring) {
    this.loop = loop;
    for (int i = ENTRIES - 1; i >= 0; i--) {
      unused[unusedCount++] = i;
    }
    ring.calls().registerBuffers(ring.fd(), memory, ENTRIES, GROUP);
  }

  /** Offers as many chunks as there is room for, unless too many are held for stalled peers. */
  void refill() {
    if (unusedCount == 0 || isScarce()) {
      return;
    }
    while (unusedCount > 0 && !isScarce()) {
      int number = unused[--unusedCount];
      Chunk chunk = loop.chunks().large();
      byNumber[number] = chunk;
      long entry = memory + (long) (tail & ENTRIES - 1) * ENTRY_BYTES;
      Memory.ALL.set(ValueLayout.JAVA_LONG, entry, chunk.address());
      Memory.ALL.set(ValueLayout.JAVA_INT, entry + 8, chunk.receivable());
      Memory.ALL.set(ValueLayout.JAVA_SHORT, entry + 12, (short) number);
      tail++;
    }
    SHORT.setRelease(Memory.ALL, memory + TAIL_AT, (short) tail);
  }

  /** The chunk that the kernel has picked. */
  Chunk take(int number) {
    Chunk chunk = byNumber[number];
    if (chunk == null) {
      throw new IllegalStateException("buffer " + number + " was not offered");
    }
    byNumber[number] = null;
    unused[unusedCount++] = number;
    return chunk;
  }

  /** Whether so much is held that reads should be small. */
  boolean isScarce() {
    return loop.holdsMuch(ENTRIES - unusedCount);
  }
}
