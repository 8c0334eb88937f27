package gantry.proxy.io;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Netty's event loops with our own handlers under them. Thread-safe. */
public final class Loops implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final MultiThreadIoEventLoopGroup group;
  private final List<Loop> loops = new ArrayList<>();

  /** The kernel interfaces that there are loops for. */
  public enum Kind {
    /** Completions through shared rings. */
    IO_URING,
    /** Readiness. */
    EPOLL
  }

  /** Starts as many loops. */
  public Loops(Kind kind, int count) {
    Errno.load();
    this.group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("proxy-loop", true), new Factory(kind));
  }

  /** Whether this machine has it. */
  public static boolean isAvailable(Kind kind) {
    return kind == Kind.EPOLL || UringProbe.AVAILABLE;
  }

  /** The loops, always in the same order. */
  public List<Loop> all() {
    return List.copyOf(loops);
  }

  /** Ends the loops with all their sockets; returns when that is done. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Asked once: some systems forbid io_uring, and old kernels lack parts of it. */
  private static final class UringProbe {
    static final boolean AVAILABLE = probe();

    private static boolean probe() {
      try {
        Kernel kernel = new Kernel();
        Ring ring = new Ring(kernel);
        ring.close();
        return true;
      } catch (IllegalStateException e) {
        LOG.log(Level.INFO, "no io_uring, so epoll: {0}", e.getMessage());
        return false;
      }
    }
  }

  /** Called once per loop while the group is made. */
  private final class Factory implements IoHandlerFactory {
    private final Kind kind;

    Factory(Kind kind) {
      this.kind = kind;
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor executor) {
      IoEventLoop eventLoop = (IoEventLoop) executor;
      Loop loop =
          switch (kind) {
            case EPOLL -> new EpollLoop(eventLoop);
            case IO_URING -> new UringLoop(eventLoop);
          };
      loops.add(loop);
      return loop;
    }
  }
}
