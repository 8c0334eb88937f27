package gantry.proxy.io;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;

/**
 * A loop's chunks. They are made when needed, kept and never given back to the system: as many as
 * were needed at once. One loop.
 */
public final class Chunks {
  /** Room for a read of 64 KB, which moves a third more than one of 16 KB. */
  public static final int LARGE_BYTES = 64 * 1024 + Chunk.TAIL_ROOM;

  /** Room for most heads, and for the reads of a loop that holds much for stalled peers. */
  public static final int SMALL_BYTES = 4 * 1024;

  private static final int LARGE_PER_SLAB = 4;
  private static final int SMALL_PER_SLAB = 32;

  private static final LongAdder ALLOCATED = new LongAdder();

  private final Kernel kernel = new Kernel();
  private final ArrayDeque<Chunk> large = new ArrayDeque<>();
  private final ArrayDeque<Chunk> small = new ArrayDeque<>();
  private int largeInUse;
  private int smallInUse;

  /** Without any chunk yet. */
  public Chunks() {}

  /** An empty chunk of {@link #LARGE_BYTES}. */
  public Chunk large() {
    largeInUse++;
    return take(large, LARGE_BYTES, LARGE_PER_SLAB);
  }

  /** An empty chunk of {@link #SMALL_BYTES}. */
  public Chunk small() {
    smallInUse++;
    return take(small, SMALL_BYTES, SMALL_PER_SLAB);
  }

  /** The smallest chunk that the bytes fit into, at most {@link #LARGE_BYTES}. */
  public Chunk sized(int bytes) {
    return bytes <= SMALL_BYTES ? small() : large();
  }

  /** A copy of the content in as small a chunk as it fits into with {@code room} to append. */
  public Chunk copy(Chunk original, int room) {
    Chunk copy = sized(original.length() + room);
    Memory.copy(original.address() + original.position(), copy.address(), original.length());
    copy.content(0, original.length());
    return copy;
  }

  /** What all loops of this process have ever taken from the system; from any thread. */
  public static long allocatedBytes() {
    return ALLOCATED.sum();
  }

  /** Chunks that somebody owns. */
  public int inUse() {
    return largeInUse + smallInUse;
  }

  /** Large chunks that somebody owns. */
  int largeInUse() {
    return largeInUse;
  }

  void release(Chunk chunk) {
    if (chunk.free) {
      throw new IllegalStateException("a chunk was released twice");
    }
    chunk.free = true;
    if (chunk.capacity() == LARGE_BYTES) {
      largeInUse--;
      large.push(chunk);
    } else {
      smallInUse--;
      small.push(chunk);
    }
  }

  private Chunk take(ArrayDeque<Chunk> pool, int bytes, int perSlab) {
    if (pool.isEmpty()) {
      ALLOCATED.add((long) bytes * perSlab);
      long slab = kernel.memory((long) bytes * perSlab);
      for (int i = 0; i < perSlab; i++) {
        Chunk fresh = new Chunk(this, slab + (long) i * bytes, bytes);
        fresh.free = true;
        pool.add(fresh);
      }
    }
    Chunk chunk = pool.pop();
    chunk.free = false;
    chunk.content(0, 0);
    return chunk;
  }
}
