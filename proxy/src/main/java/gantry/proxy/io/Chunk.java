package gantry.proxy.io;

/**
 * A piece of native memory with bytes from {@link #position()} to {@link #limit()}. Has one owner
 * at a time, on one loop; {@link #release()} gives it back. Reused: nothing may touch it after
 * that.
 *
 * <p>A chunk that was received into leaves {@link #TAIL_ROOM} bytes behind its limit, so that a
 * head can be made longer in place.
 */
public final class Chunk {
  /** Bytes that a received chunk has free behind its limit. */
  public static final int TAIL_ROOM = 1024;

  private final Chunks pool;
  private final long address;
  private final int capacity;
  private int position;
  private int limit;
  boolean free;

  Chunk(Chunks pool, long address, int capacity) {
    this.pool = pool;
    this.address = address;
    this.capacity = capacity;
  }

  /** Where its memory begins: byte {@code i} is at {@code address() + i}. */
  public long address() {
    return address;
  }

  /** Its size in bytes. */
  public int capacity() {
    return capacity;
  }

  /** First byte of the content. */
  public int position() {
    return position;
  }

  /** Behind the last byte of the content. */
  public int limit() {
    return limit;
  }

  /** Bytes of content. */
  public int length() {
    return limit - position;
  }

  /** Sets what is content. */
  public void content(int newPosition, int newLimit) {
    if (newPosition < 0 || newPosition > newLimit || newLimit > capacity) {
      throw new IllegalArgumentException(newPosition + ".." + newLimit + " of " + capacity);
    }
    position = newPosition;
    limit = newLimit;
  }

  /** Bytes that can be appended. */
  public int room() {
    return capacity - limit;
  }

  /** Bytes that can be received behind the content, with {@link #TAIL_ROOM} left free. */
  int receivable() {
    return room() - TAIL_ROOM;
  }

  /** Appends; there must be room. */
  public void append(byte[] bytes) {
    if (bytes.length > room()) {
      throw new IllegalArgumentException(bytes.length + " bytes, room for " + room());
    }
    Memory.put(address + limit, bytes);
    limit += bytes.length;
  }

  /** Gives the memory back. */
  public void release() {
    pool.release(this);
  }
}
