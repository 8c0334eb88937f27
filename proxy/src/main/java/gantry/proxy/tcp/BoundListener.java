package gantry.proxy.tcp;

import gantry.proxy.io.Accepting;
import gantry.proxy.io.Acceptor;
import gantry.proxy.io.Errno;
import gantry.proxy.io.ListeningSocket;
import gantry.proxy.io.Loop;
import gantry.proxy.wire.WireAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket. The kernel queues connections from the start; we accept when told to, on one
 * loop, which gives the connections to all loops in turn. Thread-safe.
 */
public final class BoundListener {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final WireAddress address;
  private final ListeningSocket socket;
  private final List<Worker> workers;
  private final Loop loop;
  private final Consumer<BoundListener> closed;

  /** The rest belongs to the loop. */
  private @Nullable Accepting accepting;

  private boolean open;
  private boolean resting;
  private int next;

  BoundListener(
      WireAddress address,
      ListeningSocket socket,
      List<Worker> workers,
      Consumer<BoundListener> closed) {
    this.closed = closed;
    this.address = address;
    this.socket = socket;
    this.workers = workers;
    this.next = Math.floorMod(address.hashCode(), workers.size());
    this.loop = workers.get(next).loop();
  }

  /** Where it listens. */
  public WireAddress address() {
    return address;
  }

  /** The descriptor, to be given to another process. */
  public int fd() {
    return socket.fd();
  }

  /** Starts to accept. */
  public void open() {
    loop.execute(
        () -> {
          open = true;
          accept();
        });
  }

  /** Stops to accept; returns when nothing more comes in. Clients go on to queue in the kernel. */
  public void pause() {
    CountDownLatch paused = new CountDownLatch(1);
    loop.execute(() -> stop(paused::countDown));
    try {
      if (!paused.await(Limits.SWITCH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "an event loop did not stop to accept on " + address);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the socket; returns when that is done. Accepted connections go on. */
  public void close() {
    pause();
    socket.close();
    closed.accept(this);
  }

  private void stop(Runnable stopped) {
    open = false;
    Accepting current = accepting;
    accepting = null;
    if (current == null) {
      stopped.run();
    } else {
      current.stop(stopped);
    }
  }

  private void accept() {
    if (open && accepting == null) {
      accepting = loop.accept(socket.fd(), new Receiver());
    }
  }

  /** Gives accepted connections to the event loops, one after the other. */
  private final class Receiver implements Acceptor {
    @Override
    public void accepted(int fd) {
      resting = false;
      Worker worker = workers.get(next);
      next = (next + 1) % workers.size();
      if (worker.loop().isHere()) {
        worker.accepted(address, fd);
      } else {
        worker.loop().execute(() -> worker.accepted(address, fd));
      }
    }

    /** Out of descriptors, most likely: rests a little instead of spinning. */
    @Override
    public void failed(int errno) {
      accepting = null;
      if (!resting) {
        resting = true;
        LOG.log(
            Level.WARNING,
            "accepting on {0} pauses: {1}; clients wait in the kernel''s queue",
            new Object[] {address, Errno.text(errno)});
      }
      loop.schedule(this::again, Limits.ACCEPT_REST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void again() {
      if (open && accepting == null) {
        accepting = loop.accept(socket.fd(), this);
      }
    }
  }
}
