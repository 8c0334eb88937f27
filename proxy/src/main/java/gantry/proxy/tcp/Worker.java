package gantry.proxy.tcp;

import gantry.proxy.io.Errno;
import gantry.proxy.io.Loop;
import gantry.proxy.io.NativeAddress;
import gantry.proxy.wire.WireAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One event loop with what belongs to it alone. Everything here runs on that loop. */
public final class Worker {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final int index;
  private final Loop loop;
  private final DataPlane plane;
  private final int maxConnections;
  private final Map<WireAddress, LoopListener> listeners = new HashMap<>();
  private final Set<Runnable> waiting = new LinkedHashSet<>();
  private int connections;
  private long nextLogNanos = System.nanoTime();

  Worker(int index, Loop loop, DataPlane plane, int maxConnections) {
    this.index = index;
    this.loop = loop;
    this.plane = plane;
    this.maxConnections = maxConnections;
  }

  /** The loop; from any thread. */
  public Loop loop() {
    return loop;
  }

  /** Which of the loops it is. */
  int index() {
    return index;
  }

  /** Starts a connection with a client that was accepted behind a listener. */
  void accepted(WireAddress address, int fd) {
    LoopListener listener = listeners.computeIfAbsent(address, plane::newLoopListener);
    RouteSettings settings = route(listener).settings();
    if (enter(listener, settings)) {
      ClientStarter starter = settings.http() ? plane.http() : TcpConnection::start;
      starter.start(this, listener, settings, fd);
    } else {
      loop.adopt(fd, Refused.CLIENT).reset();
    }
  }

  /** What is behind a listener now. */
  public RouteTable.Entry route(LoopListener listener) {
    return plane.table().behind(listener.address());
  }

  /** Whether this process only serves the connections that it has. */
  public boolean isRetired() {
    return plane.isRetired();
  }

  /** Whether the process is about to end. */
  public boolean isEnding() {
    return plane.isEnding();
  }

  /** Counts a new client connection in; false when there are too many. */
  public boolean enter(LoopListener listener, RouteSettings settings) {
    if (connections >= maxConnections || !listener.enter(settings)) {
      logSometimes("too many connections on " + listener.address(), null);
      return false;
    }
    connections++;
    return true;
  }

  /** Counts it out again. */
  public void leave(LoopListener listener) {
    connections--;
    listener.leave();
  }

  /**
   * Picks a backend from the table in force and counts the connection for it. Both happen in one
   * task of this loop: whoever publishes a table and then sees a later task of this loop run knows
   * that nothing is assigned from the old table any more.
   */
  public @Nullable Assignment assign(LoopListener listener, Set<Target> tried) {
    Target target = pick(listener, tried);
    return target == null ? null : new Assignment(target, open(target));
  }

  /** The first half of {@link #assign}. The second must follow in the same task of the loop. */
  public @Nullable Target pick(LoopListener listener, Set<Target> tried) {
    return listener.pick(route(listener).active(), tried);
  }

  /** Counts one more connection, or request, for a backend that was just picked. */
  public Tally.Lease open(Target target) {
    return target.tally().open(index, counters(target));
  }

  /** What this loop counts of a backend for its route. */
  public BackendCounters counters(Target target) {
    return target.counters().on(index);
  }

  /** The backends that any route gives connections or requests to. */
  public Set<Target> active() {
    return plane.table().active();
  }

  /** Takes a connection out of its backend's count. */
  public void end(Tally.Lease lease) {
    if (lease.end()) {
      plane.idle(lease.tally());
    }
  }

  /** Calls back, once, when another table is in force. */
  public void onNextTable(Runnable wake) {
    waiting.add(wake);
  }

  /** Takes {@link #onNextTable} back. */
  public void noLongerWaiting(Runnable wake) {
    waiting.remove(wake);
  }

  void tableChanged() {
    List<Runnable> woken = List.copyOf(waiting);
    waiting.clear();
    woken.forEach(Runnable::run);
  }

  /** Logs a failing backend, but not each time: thousands of clients may meet it at once. */
  public void connectFailed(NativeAddress backend, int errno) {
    logSometimes("cannot connect to backend " + backend, Errno.text(errno));
  }

  void logSometimes(String message, @Nullable String cause) {
    long now = System.nanoTime();
    if (now - nextLogNanos >= 0) {
      nextLogNanos = now + Limits.LOG_INTERVAL.toNanos();
      LOG.log(Level.WARNING, cause == null ? message : message + ": " + cause);
    }
  }

  /** A backend for one connection, already counted. */
  public record Assignment(Target target, Tally.Lease lease) {}
}
