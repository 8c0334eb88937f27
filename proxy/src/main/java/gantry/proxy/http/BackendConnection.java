package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Deadline;
import gantry.proxy.io.Errno;
import gantry.proxy.io.Socket;
import gantry.proxy.io.SocketUser;
import gantry.proxy.tcp.Tally;
import gantry.proxy.tcp.Target;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a backend: carries one request at a time and waits in the pool between two. It is
 * in its backend's count only while it carries one. It is its own deadline: for the connect, then
 * for its time in the pool.
 */
final class BackendConnection extends Deadline implements SocketUser {
  private final HttpLoop loop;
  private final BackendPool pool;
  private final Tally.Lease lease;
  private @Nullable Socket socket;
  private @Nullable Exchange exchange;
  private @Nullable UpgradedLease upgraded;
  private boolean connecting;
  private boolean reused;
  private long idleSinceNanos;

  private BackendConnection(HttpLoop loop, BackendPool pool, Tally.Lease lease) {
    this.loop = loop;
    this.pool = pool;
    this.lease = lease;
  }

  /**
   * Connects for a request, which is told the outcome later.
   *
   * @return null when no descriptor is to be had
   */
  static @Nullable BackendConnection connect(HttpLoop loop, BackendPool pool, Exchange exchange) {
    Target target = pool.target();
    BackendConnection connection = new BackendConnection(loop, pool, loop.worker().open(target));
    Socket opened = loop.loop().open(target.address(), connection);
    if (opened == null) {
      loop.worker().end(connection.lease);
      return null;
    }
    connection.socket = opened;
    connection.exchange = exchange;
    connection.lease.describe(exchange);
    connection.connecting = true;
    loop.loop().deadlines(exchange.settings().connectTimeout()).set(connection);
    opened.connect(target.address());
    return connection;
  }

  /** Takes a connection from the pool into use, and into the count. */
  void reuse(Exchange next) {
    clear();
    lease.reopen(loop.loop().nowNanos());
    lease.describe(next);
    exchange = next;
    reused = true;
  }

  /** The request and its answer are over, and the connection is good for another. */
  void recycle() {
    exchange = null;
    endLease();
    idleSinceNanos = loop.loop().nowNanos();
    if (!pool.give(this)) {
      close();
      return;
    }
    loop.idleBackends().set(this);
    if (!socket().isReceiving()) {
      socket().receive();
    }
  }

  /** The request is given up; the backend sees an abort. */
  void abort() {
    exchange = null;
    clear();
    socket().reset();
  }

  /** Nothing more is wanted from it. */
  void close() {
    exchange = null;
    clear();
    socket().close();
  }

  /** The answer is over, but the connection carries no other request. */
  void finish(boolean clean) {
    if (clean) {
      close();
    } else {
      abort();
    }
  }

  /** From now on the count goes down only when both sides are closed. */
  void upgrade(UpgradedLease shared) {
    upgraded = shared;
  }

  Tally.Lease lease() {
    return lease;
  }

  Socket socket() {
    if (socket == null) {
      throw new IllegalStateException("no socket");
    }
    return socket;
  }

  Target target() {
    return pool.target();
  }

  boolean isReused() {
    return reused;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  @Override
  public void connected(Socket connectedSocket) {
    connecting = false;
    clear();
    if (exchange != null) {
      exchange.backendReady();
    }
  }

  /** A backend that speaks without having been asked is not understood. */
  @Override
  public void received(Socket source, Chunk chunk) {
    if (exchange != null) {
      exchange.backendReceived(chunk);
    } else {
      chunk.release();
      drop();
    }
  }

  @Override
  public void ended(Socket source) {
    if (exchange != null) {
      exchange.backendEnded();
    } else {
      drop();
    }
  }

  @Override
  public void sent(Socket sink) {
    if (exchange != null) {
      exchange.backendSent();
    }
  }

  @Override
  public void readable(Socket source) {
    if (exchange != null) {
      exchange.backendReadable();
    }
  }

  @Override
  public void writable(Socket sink) {
    if (exchange != null) {
      exchange.backendWritable();
    }
  }

  @Override
  public void failed(Socket broken, int errno) {
    if (connecting && exchange != null) {
      connectFailed(exchange, errno);
    } else if (exchange != null) {
      exchange.backendFailed();
    } else {
      drop();
    }
  }

  @Override
  public void closed(Socket gone) {
    if (upgraded == null) {
      endLease();
    } else {
      upgraded.sideClosed();
    }
  }

  @Override
  protected void expired() {
    if (connecting && exchange != null) {
      connectFailed(exchange, Errno.ETIMEDOUT);
    } else {
      drop();
    }
  }

  private void connectFailed(Exchange waiting, int errno) {
    connecting = false;
    close();
    loop.worker().connectFailed(target().address(), errno);
    loop.worker().counters(target()).connectFailed();
    waiting.connectFailed(errno == Errno.ETIMEDOUT);
  }

  private void drop() {
    pool.remove(this);
    close();
  }

  private void endLease() {
    loop.worker().end(lease);
  }
}
