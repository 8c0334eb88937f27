package gantry.proxy.io;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What lies under one of Netty's event loops: the kernel's interface, memory and time. Sockets are
 * not Netty's handles, so nothing is registered per connection. Unless said otherwise, methods are
 * called on the loop itself.
 */
public abstract class Loop implements IoHandler {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final long LOG_INTERVAL_NANOS = 10_000_000_000L;

  /** 16 MB: what a loop holds for stalled peers before it reads in small portions. */
  private static final int LARGE_CHUNKS = 256;

  private final IoEventLoop executor;
  private final Kernel kernel = new Kernel();
  private final Chunks chunks = new Chunks();
  private final Pipes pipes = new Pipes(kernel);
  private final Map<Duration, DeadlineQueue> deadlines = new HashMap<>();
  private long nowNanos = System.nanoTime();
  private long nextLogNanos = nowNanos;

  Loop(IoEventLoop executor) {
    this.executor = executor;
  }

  /** Runs a task on the loop, soon; from any thread. */
  public final void execute(Runnable task) {
    executor.execute(task);
  }

  /** Runs a task on the loop later; from any thread. */
  public final void schedule(Runnable task, long delay, TimeUnit unit) {
    var _ = executor.schedule(task, delay, unit);
  }

  /** Whether the caller is on the loop. */
  public final boolean isHere() {
    return executor.inEventLoop();
  }

  /** The monotonic clock, read once per turn. */
  public final long nowNanos() {
    return nowNanos;
  }

  /** The loop's memory. */
  public final Chunks chunks() {
    return chunks;
  }

  /** The queue of the deadlines of one length; made when it is asked for first. */
  public final DeadlineQueue deadlines(Duration length) {
    return deadlines.computeIfAbsent(length, key -> new DeadlineQueue(this, key));
  }

  /** Has what only waits for its end expire now, see {@link Deadline#isIdle()}. On the loop. */
  public final void expireIdle() {
    List.copyOf(deadlines.values()).forEach(DeadlineQueue::expireIdle);
  }

  /**
   * Wraps a connected socket, such as an accepted one; takes over the descriptor, which must be
   * non-blocking.
   */
  public abstract Socket adopt(int fd, SocketUser user);

  /**
   * Opens a socket that can be connected to this address; null when no descriptor is to be had,
   * which is logged.
   */
  public abstract @Nullable Socket open(NativeAddress address, SocketUser user);

  /**
   * Starts to accept on a listening socket, whose descriptor must be non-blocking.
   *
   * @return stops that again
   */
  public abstract Accepting accept(int fd, Acceptor acceptor);

  final Kernel kernel() {
    return kernel;
  }

  final Pipes pipes() {
    return pipes;
  }

  /** Memory for a read: small when much is held for peers that do not take it. */
  final Chunk chunkToReceive() {
    return holdsMuch(0) ? chunks.small() : chunks.large();
  }

  /**
   * Whether peers that do not take their bytes hold so much that reads should be small.
   *
   * @param idle large chunks that are in use only to be there
   */
  final boolean holdsMuch(int idle) {
    return chunks.largeInUse() - idle >= LARGE_CHUNKS;
  }

  /**
   * A descriptor for a connection to a backend; negative when there is none, which is logged now
   * and then.
   */
  final int openFor(NativeAddress address, int flags) {
    int fd = kernel.socket(address.family(), flags);
    if (fd >= 0) {
      kernel.noDelay(fd);
      kernel.piggybackAcks(fd);
    } else if (nowNanos - nextLogNanos >= 0) {
      nextLogNanos = nowNanos + LOG_INTERVAL_NANOS;
      LOG.log(Level.WARNING, "cannot open a socket to a backend: " + Errno.text(-fd));
    }
    return fd;
  }

  /** Starts a turn of the loop. */
  final void turn() {
    nowNanos = System.nanoTime();
  }

  @Override
  public final IoRegistration register(IoHandle handle) {
    throw new IllegalArgumentException("no handles of Netty's: " + handle);
  }

  @Override
  public final boolean isCompatible(Class<? extends IoHandle> handleType) {
    return false;
  }
}
