package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Deadline;
import gantry.proxy.io.DeadlineQueue;
import gantry.proxy.io.Socket;
import gantry.proxy.io.SocketUser;
import gantry.proxy.tcp.LoopListener;
import gantry.proxy.tcp.RouteSettings;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: waits for a request, has an {@link Exchange} serve it, waits for the next.
 * Holds no memory while it waits, and a small chunk while a head arrives. It is its own deadline:
 * for silence, for a head, for a look at a client that waits for its answer, for its farewell.
 */
final class HttpConnection extends Deadline implements SocketUser {
  private enum Phase {
    IDLE,
    HEAD,
    EXCHANGE,
    FAREWELL,
    LINGER,
    CLOSED
  }

  private final HttpLoop loop;
  private final LoopListener listener;
  private final RouteSettings settings;
  private final Socket socket;
  private final DeadlineQueue idleLimit;
  private Phase phase = Phase.IDLE;
  private @Nullable Exchange exchange;
  private @Nullable Chunk pending;
  private byte @Nullable [] forwardedFor;
  private @Nullable UpgradedLease upgraded;
  private boolean watched;
  private boolean served;

  HttpConnection(HttpLoop loop, LoopListener listener, RouteSettings settings, int fd) {
    this.loop = loop;
    this.listener = listener;
    this.settings = settings;
    this.idleLimit = loop.loop().deadlines(settings.keepAliveTimeout());
    this.socket = loop.loop().adopt(fd, this);
  }

  void start() {
    idleLimit.set(this);
    socket.receive();
  }

  Socket socket() {
    return socket;
  }

  LoopListener listener() {
    return listener;
  }

  RouteSettings settings() {
    return settings;
  }

  /** The line that tells backends who this is. */
  byte[] forwardedFor() {
    if (forwardedFor == null) {
      InetSocketAddress peer = socket.peerAddress();
      String address = peer == null ? "unknown" : peer.getAddress().getHostAddress();
      forwardedFor = ("X-Forwarded-For: " + address + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
    return forwardedFor;
  }

  /** Keeps what the client sent after its request for later. */
  void keep(Chunk rest) {
    pending = rest;
  }

  /** What the client sent after its request, now the caller's; or null. */
  @Nullable Chunk takePending() {
    Chunk taken = pending;
    pending = null;
    return taken;
  }

  /**
   * The answer has been passed on, and the exchange is free.
   *
   * @param stays whether another request may follow
   * @param silent whether the client said that none follows
   */
  void answered(boolean stays, boolean silent) {
    exchange = null;
    if (stays && (pending != null || !loop.worker().isEnding())) {
      next();
    } else if (silent && pending == null) {
      close();
    } else {
      linger();
    }
  }

  /** The last answer has been passed on, and the client sends nothing more. */
  void close() {
    if (phase != Phase.CLOSED) {
      end();
      socket.close();
    }
  }

  /** Closes so that the client notices that something is missing. */
  void reset() {
    if (phase != Phase.CLOSED) {
      end();
      socket.reset();
    }
  }

  /** Sends an answer of our own and closes. */
  void refuse(int status, String reason) {
    endExchange();
    dropPending();
    phase = Phase.FAREWELL;
    listener.answered(status);
    loop.loop().deadlines(HttpLimits.LINGER).set(this);
    socket.send(OwnAnswer.chunk(loop.chunks(), status, reason));
  }

  /** The last answer has been sent, but the client may be sending still. */
  private void linger() {
    endExchange();
    dropPending();
    phase = Phase.LINGER;
    loop.loop().deadlines(HttpLimits.LINGER).set(this);
    socket.shutdownOutput();
    if (!socket.isReceiving()) {
      socket.receive();
    }
  }

  /**
   * From now on this belongs to another protocol, and to its backend's count until it is closed.
   */
  void upgrade(UpgradedLease shared) {
    upgraded = shared;
  }

  @Override
  public void connected(Socket unused) {
    throw new IllegalStateException("an accepted socket does not connect");
  }

  @Override
  public void received(Socket source, Chunk chunk) {
    switch (phase) {
      case IDLE, HEAD -> read(chunk);
      case EXCHANGE -> exchange().clientReceived(chunk);
      case FAREWELL, CLOSED -> chunk.release();
      case LINGER -> {
        chunk.release();
        socket.receive();
      }
    }
  }

  @Override
  public void ended(Socket source) {
    switch (phase) {
      case IDLE, HEAD, LINGER -> close();
      case EXCHANGE -> exchange().clientEnded();
      case FAREWELL, CLOSED -> {}
    }
  }

  @Override
  public void sent(Socket sink) {
    if (phase == Phase.EXCHANGE) {
      exchange().clientSent();
    } else if (phase == Phase.FAREWELL) {
      linger();
    }
  }

  @Override
  public void readable(Socket source) {
    if (phase == Phase.EXCHANGE) {
      exchange().clientReadable();
    } else if (phase == Phase.LINGER) {
      socket.receive();
    }
  }

  @Override
  public void writable(Socket sink) {
    if (phase == Phase.EXCHANGE) {
      exchange().clientWritable();
    }
  }

  @Override
  public void failed(Socket broken, int errno) {
    reset();
  }

  @Override
  public void closed(Socket gone) {
    loop.worker().leave(listener);
    if (upgraded != null) {
      upgraded.sideClosed();
    }
  }

  @Override
  protected void expired() {
    switch (phase) {
      case IDLE, LINGER -> close();
      case HEAD -> refuse(408, "the head of the request did not arrive in time");
      case EXCHANGE -> watch();
      case FAREWELL -> reset();
      case CLOSED -> {}
    }
  }

  /** A client that goes away while it waits must not keep its backend busy. */
  private void watch() {
    if (!watched) {
      watched = true;
      socket.watchErrors();
    }
  }

  private void read(Chunk chunk) {
    if (exchange == null) {
      exchange = loop.begin(this);
    }
    RequestHead head = exchange.request();
    switch (head.scan(chunk)) {
      case COMPLETE -> {
        phase = Phase.EXCHANGE;
        loop.watches().set(this);
        exchange.start(chunk);
      }
      case INCOMPLETE -> readMore(chunk);
      case REJECTED -> {
        Rejection rejection = head.rejection();
        chunk.release();
        refuse(rejection.status(), rejection.reason());
      }
    }
  }

  private void readMore(Chunk chunk) {
    if (phase == Phase.IDLE) {
      phase = Phase.HEAD;
      loop.loop().deadlines(settings.headTimeout()).set(this);
    }
    socket.receive(loop.toGrow(chunk));
  }

  /** One that had no request yet is most likely about to send it. */
  @Override
  protected boolean isIdle() {
    return phase == Phase.IDLE && served;
  }

  private void next() {
    phase = Phase.IDLE;
    served = true;
    Chunk rest = takePending();
    if (rest == null) {
      idleLimit.set(this);
      socket.receive();
    } else {
      read(rest);
    }
  }

  private Exchange exchange() {
    if (exchange == null) {
      throw new IllegalStateException("no exchange");
    }
    return exchange;
  }

  private void end() {
    phase = Phase.CLOSED;
    clear();
    endExchange();
    dropPending();
  }

  private void endExchange() {
    if (exchange != null) {
      exchange.giveUp();
      exchange = null;
    }
  }

  private void dropPending() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }
}
