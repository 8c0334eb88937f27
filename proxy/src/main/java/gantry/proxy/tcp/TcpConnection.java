package gantry.proxy.tcp;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Deadline;
import gantry.proxy.io.Errno;
import gantry.proxy.io.Socket;
import gantry.proxy.io.SocketUser;
import gantry.proxy.wire.WireAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and, once there is one, the backend's. Both live on the same loop, and
 * everything here runs on it. Ends in one of two ways: both directions finished, and both sides are
 * closed; or anything failed, and both sides are reset.
 *
 * <p>It is its own deadline: for the connect, then for a try while it is held, then for a look at
 * sides that are not being read.
 */
final class TcpConnection extends Deadline implements SocketUser, OpenConnection {
  private final Worker worker;
  private final LoopListener listener;
  private final RouteSettings settings;
  private final Socket client;
  private Set<Target> tried = Set.of();
  private @Nullable Socket backend;
  private Worker.@Nullable Assignment assignment;
  private @Nullable Direction up;
  private @Nullable Direction down;
  private @Nullable Holding holding;
  private @Nullable IdleLimit idleLimit;
  private @Nullable Chunk early;
  private long bytesToBackend;
  private long bytesToClient;
  private long lastByteNanos;
  private boolean clientEnded;
  private boolean retrying;
  private boolean keptAlive;
  private boolean closing;
  private boolean clientClosed;
  private boolean backendClosed;

  private TcpConnection(Worker worker, LoopListener listener, RouteSettings settings, int fd) {
    this.worker = worker;
    this.listener = listener;
    this.settings = settings;
    this.client = worker.loop().adopt(fd, this);
    this.lastByteNanos = worker.loop().nowNanos();
  }

  /** A client is connected, and was counted in. */
  static void start(Worker worker, LoopListener listener, RouteSettings settings, int fd) {
    TcpConnection connection = new TcpConnection(worker, listener, settings, fd);
    connection.connect();
    if (!connection.closing) {
      connection.client.receive();
    }
  }

  @Override
  public void connected(Socket socket) {
    worker.loop().deadlines(Limits.KEEPALIVE_AFTER).set(this);
    Direction upward = new Direction(this, client, socket);
    Direction downward = new Direction(this, socket, client);
    up = upward;
    down = downward;
    if (!settings.idleTimeout().isZero()) {
      idleLimit = new IdleLimit(this, worker.loop().deadlines(settings.idleTimeout()));
    }
    socket.receive();
    if (settings.proxyProtocol()) {
      upward.preface(ProxyProtocol.header(client));
    }
    if (early != null) {
      Chunk chunk = early;
      early = null;
      upward.received(chunk);
    }
    if (clientEnded) {
      upward.inputEnded();
    }
  }

  @Override
  public void received(Socket socket, Chunk chunk) {
    Direction direction = from(socket);
    if (direction == null) {
      early = chunk;
    } else {
      direction.received(chunk);
    }
  }

  @Override
  public void ended(Socket socket) {
    Direction direction = from(socket);
    if (direction == null) {
      clientEnded = true;
    } else {
      direction.inputEnded();
    }
  }

  @Override
  public void sent(Socket socket) {
    Direction direction = to(socket);
    if (direction != null) {
      direction.sent();
    }
  }

  @Override
  public void readable(Socket socket) {
    Direction direction = from(socket);
    if (direction != null) {
      direction.readable();
    }
  }

  @Override
  public void writable(Socket socket) {
    Direction direction = to(socket);
    if (direction != null) {
      direction.writable();
    }
  }

  @Override
  public void failed(Socket socket, int errno) {
    if (up == null && socket.equals(backend)) {
      connectFailed(errno);
    } else {
      reset();
    }
  }

  @Override
  public void closed(Socket socket) {
    if (socket.equals(client)) {
      clientClosed = true;
      worker.leave(listener);
    } else if (retrying) {
      retrying = false;
      backend = null;
      endLease();
      connect();
    } else {
      backendClosed = true;
    }
    if (clientClosed && (backend == null || backendClosed)) {
      endLease();
    }
  }

  @Override
  protected void expired() {
    if (up != null && down != null) {
      keepBackendAlive();
      up.watchSource();
      down.watchSource();
    } else if (backend != null) {
      connectFailed(Errno.ETIMEDOUT);
    }
  }

  /** Bytes have gone through. */
  void progress(boolean upward, long bytes) {
    if (assignment != null) {
      worker.counters(assignment.target()).moved(upward, bytes);
    }
    lastByteNanos = worker.loop().nowNanos();
    if (upward) {
      bytesToBackend += bytes;
    } else {
      bytesToClient += bytes;
    }
    if (idleLimit != null) {
      idleLimit.restart();
    }
  }

  /** A side is not read for now: somebody must look after it. */
  void stalled() {
    if (!closing) {
      worker.loop().deadlines(Limits.WATCH_AFTER).set(this);
    }
  }

  void directionFinished(Direction direction) {
    if (up != null && up.isFinished() && down != null && down.isFinished()) {
      close();
    } else {
      direction.sink().shutdownOutput();
    }
  }

  boolean isUp(Direction direction) {
    return direction.equals(up);
  }

  void connect() {
    if (closing) {
      return;
    }
    Worker.Assignment next = worker.assign(listener, tried);
    if (next == null) {
      waitOrClose();
      return;
    }
    assignment = next;
    next.lease().describe(this);
    Socket socket = worker.loop().open(next.target().address(), this);
    if (socket == null) {
      endLease();
      reset();
      return;
    }
    backend = socket;
    worker.loop().deadlines(settings.connectTimeout()).set(this);
    socket.connect(next.target().address());
  }

  /** With the tries forgotten: another table is in force, or time has passed. */
  void connectAgain() {
    tried = Set.of();
    connect();
  }

  void close() {
    if (end()) {
      client.close();
      if (backend != null) {
        backend.close();
      }
    }
  }

  void reset() {
    if (end()) {
      client.reset();
      if (backend != null) {
        backend.reset();
      }
    }
  }

  private void waitOrClose() {
    if (holding == null && !settings.hold().isZero()) {
      holding = new Holding(this, worker, settings.hold());
    }
    if (holding == null || !holding.goOn()) {
      close();
    }
  }

  private void connectFailed(int errno) {
    Worker.Assignment failed = assignment;
    if (failed == null || backend == null || retrying || closing) {
      return;
    }
    clear();
    worker.connectFailed(failed.target().address(), errno);
    worker.counters(failed.target()).connectFailed();
    if (tried.isEmpty()) {
      tried = new HashSet<>(2);
    }
    tried.add(failed.target());
    retrying = true;
    backend.close();
  }

  /** Not at the start: most connections do not live so long, and it takes four system calls. */
  private void keepBackendAlive() {
    if (!keptAlive && backend != null) {
      keptAlive = true;
      Limits.keepAlive(backend);
    }
  }

  /** Whether this is the moment to close the sides. */
  private boolean end() {
    if (closing) {
      return false;
    }
    closing = true;
    clear();
    if (holding != null) {
      holding.end();
    }
    if (idleLimit != null) {
      idleLimit.clear();
    }
    if (early != null) {
      early.release();
      early = null;
    }
    if (up != null && down != null) {
      up.abandon();
      down.abandon();
    }
    return true;
  }

  private void endLease() {
    if (assignment != null) {
      worker.end(assignment.lease());
      assignment = null;
    }
  }

  @Override
  public @Nullable InetSocketAddress clientAddress() {
    return client.peerAddress();
  }

  @Override
  public WireAddress listenerAddress() {
    return listener.address();
  }

  @Override
  public long bytesToBackend() {
    return bytesToBackend;
  }

  @Override
  public long bytesToClient() {
    return bytesToClient;
  }

  @Override
  public long lastByteNanos() {
    return lastByteNanos;
  }

  private @Nullable Direction from(Socket socket) {
    return socket.equals(client) ? up : down;
  }

  private @Nullable Direction to(Socket socket) {
    return socket.equals(client) ? down : up;
  }
}
