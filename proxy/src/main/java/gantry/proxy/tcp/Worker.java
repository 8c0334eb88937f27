package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One event loop with what belongs to it alone. Everything here runs on that loop. */
final class Worker {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final int index;
  private final EventLoop loop;
  private final DataPlane plane;
  private final int maxConnections;
  private final Map<WireAddress, Picker> pickers = new HashMap<>();
  private final ReadSizes readSizes = new ReadSizes();
  private int connections;
  private long nextLogNanos = System.nanoTime();

  Worker(int index, EventLoop loop, DataPlane plane, int maxConnections) {
    this.index = index;
    this.loop = loop;
    this.plane = plane;
    this.maxConnections = maxConnections;
  }

  EventLoop loop() {
    return loop;
  }

  Transport transport() {
    return plane.transport();
  }

  ReadSizes readSizes() {
    return readSizes;
  }

  /** Counts a new client connection in; false when there are too many. */
  boolean enter() {
    if (connections >= maxConnections) {
      logSometimes("too many connections: " + maxConnections + " on one event loop", null);
      return false;
    }
    connections++;
    return true;
  }

  void leave() {
    connections--;
  }

  /**
   * Picks a backend from the table in force and counts the connection for it. Both happen in one
   * task of this loop: whoever publishes a table and then sees a later task of this loop run knows
   * that nothing is assigned from the old table any more.
   */
  @Nullable Assignment assign(WireAddress listener, Set<Target> tried) {
    Picker picker = pickers.computeIfAbsent(listener, key -> new Picker());
    Target target = picker.pick(plane.table().activeBehind(listener), tried);
    return target == null ? null : new Assignment(target, target.tally().open(index));
  }

  /** Takes a connection out of its backend's count. */
  void end(Tally.Lease lease) {
    if (lease.end()) {
      plane.idle(lease.tally());
    }
  }

  ChannelFuture register(Channel channel) {
    return loop.register(channel);
  }

  /** Logs a failing backend, but not each time: thousands of clients may meet it at once. */
  void connectFailed(InetSocketAddress backend, Throwable cause) {
    logSometimes("cannot connect to backend " + backend, cause);
  }

  void logSometimes(String message, @Nullable Throwable cause) {
    long now = System.nanoTime();
    if (now - nextLogNanos >= 0) {
      nextLogNanos = now + Limits.LOG_INTERVAL.toNanos();
      LOG.log(Level.WARNING, cause == null ? message : message + ": " + cause.getMessage());
    }
  }

  /** A backend for one connection, already counted. */
  record Assignment(Target target, Tally.Lease lease) {}
}
