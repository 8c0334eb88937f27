package gantry.proxy.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Decides how much to read at once: one portion, then the next only when that one is written. As
 * long as peers take what they get, portions grow to 64 KB; while an event loop holds much for
 * stalled ones, it reads in small portions, so that memory stays bounded however many stall. One
 * event loop.
 */
final class ReadSizes extends AdaptiveRecvByteBufAllocator {
  private static final int SMALLEST_BYTES = 1024;

  private long heldBytes;

  ReadSizes() {
    super(SMALLEST_BYTES, 2 * SMALLEST_BYTES, Limits.LARGE_READ_BYTES);
    maxMessagesPerRead(1);
  }

  /** Counts memory that waits for a peer. */
  void hold(int bytes) {
    heldBytes += bytes;
  }

  /** Counts it out again. */
  void release(int bytes) {
    heldBytes -= bytes;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface that channels ask for is this one
  public Handle newHandle() {
    return new FrugalHandle((ExtendedHandle) super.newHandle());
  }

  private final class FrugalHandle extends RecvByteBufAllocator.DelegatingHandle
      implements RecvByteBufAllocator.ExtendedHandle {
    private final ExtendedHandle adaptive;

    FrugalHandle(ExtendedHandle adaptive) {
      super(adaptive);
      this.adaptive = adaptive;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
      if (heldBytes < Limits.HELD_BYTES) {
        return adaptive.allocate(alloc);
      }
      return alloc.ioBuffer(Math.min(adaptive.guess(), Limits.SMALL_READ_BYTES));
    }

    @Override
    public boolean continueReading(io.netty.util.UncheckedBooleanSupplier maybeMoreData) {
      return adaptive.continueReading(maybeMoreData);
    }
  }
}
