package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Deadline;
import gantry.proxy.io.Socket;
import gantry.proxy.tcp.BackendCounters;
import gantry.proxy.tcp.OpenConnection;
import gantry.proxy.tcp.RouteSettings;
import gantry.proxy.wire.WireAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: has a backend found for it, moves the request's body up and has
 * {@link Answer} move what comes back. Reusable; a client has one from the first byte of a request
 * to the last of the answer. It is its own deadline, for silence on both sides.
 */
final class Exchange extends Deadline implements OpenConnection {
  private final HttpLoop loop;
  private final RequestHead request = new RequestHead();
  private final Pump up = new Pump(this);
  private final Answer answer;
  private final BackendSearch search;
  private @Nullable HttpConnection client;
  private @Nullable BackendConnection backend;
  private @Nullable Chunk first;
  private @Nullable Chunk saved;
  private boolean upgraded;
  private long startNanos;
  private long bytesUp;
  private long bytesDown;
  private long lastByteNanos;

  Exchange(HttpLoop loop) {
    this.loop = loop;
    this.search = new BackendSearch(loop, this);
    this.answer = new Answer(loop, this, up);
  }

  /** Gets ready for a client's next request. */
  void begin(HttpConnection next) {
    client = next;
    upgraded = false;
    bytesUp = 0;
    bytesDown = 0;
    lastByteNanos = loop.loop().nowNanos();
    request.clear();
  }

  RequestHead request() {
    return request;
  }

  HttpConnection client() {
    return there(client);
  }

  @Override
  public @Nullable InetSocketAddress clientAddress() {
    return client == null ? null : client.socket().peerAddress();
  }

  @Override
  public @Nullable WireAddress listenerAddress() {
    return client == null ? null : client.listener().address();
  }

  @Override
  public long bytesToBackend() {
    return bytesUp;
  }

  @Override
  public long bytesToClient() {
    return bytesDown;
  }

  @Override
  public long lastByteNanos() {
    return lastByteNanos;
  }

  BackendConnection backend() {
    return there(backend);
  }

  RouteSettings settings() {
    return client().settings();
  }

  BackendCounters counters() {
    return loop.worker().counters(backend().target());
  }

  /** When the head was complete. */
  long startNanos() {
    return startNanos;
  }

  /** Whether the request can be sent twice. */
  boolean isRepeatable() {
    return request.isIdempotent() && request.body() == 0;
  }

  /** The head is complete; the chunk begins with it. */
  void start(Chunk chunk) {
    startNanos = loop.loop().nowNanos();
    up.body().begin(request.body());
    Chunk message = ownPart(chunk, request.length());
    if (message != null) {
      boolean trusted = settings().trustForwarded();
      request.forward(message, loop.edit(), client().forwardedFor(), trusted);
      first = message;
      restartLimit();
      search.begin();
    }
  }

  void backendFound(BackendConnection found) {
    backend = found;
  }

  void connectFailed(boolean byTimeout) {
    BackendConnection failed = backend();
    backend = null;
    search.failed(failed.target(), byTimeout);
  }

  /** The backend is connected: the request goes out, and its answer is waited for. */
  void backendReady() {
    Chunk message = there(first);
    first = null;
    if (backend().isReused() && isRepeatable()) {
      saved = loop.chunks().copy(message, 0);
    }
    Socket socket = backend().socket();
    up.connect(client().socket(), socket);
    answer.begin(client().socket(), socket);
    up.send(message);
    answer.receive();
  }

  void clientReceived(Chunk chunk) {
    if (up.isBroken()) {
      chunk.release();
      client().socket().receive();
      return;
    }
    Chunk message = ownPart(chunk, 0);
    if (message != null) {
      up.send(message);
    }
  }

  /** Half a request is none; but one that was answered early need not be whole. */
  void clientEnded() {
    if (upgraded) {
      up.end();
    } else if (answer.hasBegun() || up.isBroken()) {
      up.breakOff();
    } else {
      client().close();
    }
  }

  void clientSent() {
    answer.down().sent();
  }

  void clientReadable() {
    up.readable();
  }

  void clientWritable() {
    answer.down().writable();
  }

  void backendReceived(Chunk chunk) {
    dropSaved();
    answer.received(chunk);
  }

  void backendSent() {
    up.sent();
  }

  void backendReadable() {
    answer.down().readable();
  }

  void backendWritable() {
    up.writable();
  }

  void backendEnded() {
    if (upgraded || (answer.hasBegun() && answer.down().body().isUntilClose())) {
      answer.down().end();
    } else {
      backendDied();
    }
  }

  /** A backend that takes no more of the request may have answered it all the same. */
  void backendFailed() {
    if (!upgraded && up.isMoving() && answer.mayGoOn()) {
      drain();
    } else {
      backendDied();
    }
  }

  void sourceEnded(Pump pump) {
    if (pump.equals(up)) {
      clientEnded();
    } else {
      backendEnded();
    }
  }

  void spliceFailed(Pump pump) {
    if (!upgraded && pump.equals(up) && answer.mayGoOn()) {
      drain();
    } else {
      client().reset();
    }
  }

  void progress(Pump pump, long bytes) {
    counters().moved(pump.equals(up), bytes);
    lastByteNanos = loop.loop().nowNanos();
    if (pump.equals(up)) {
      bytesUp += bytes;
    } else {
      bytesDown += bytes;
    }
    restartLimit();
  }

  /** Everything in one direction has been moved. */
  void delivered(Pump pump) {
    if (upgraded) {
      pump.shutdownSink();
      if (up.isDone() && answer.down().isDone()) {
        closeUpgraded();
      }
    } else if (!pump.equals(up)) {
      answer.delivered();
    }
  }

  /** From now on the two sides speak another protocol, until both have ended. */
  void upgrade() {
    upgraded = true;
    UpgradedLease shared = new UpgradedLease(loop.worker(), backend().lease());
    backend().upgrade(shared);
    client().upgrade(shared);
    up.body().begin(Head.UNTIL_CLOSE);
    Chunk pending = client().takePending();
    if (pending == null) {
      up.receive();
    } else {
      up.send(pending);
    }
  }

  boolean isUpgraded() {
    return upgraded;
  }

  /** The answer has been passed on. */
  void finish() {
    HttpConnection served = client();
    if (answer.backendStays() && up.isDone()) {
      backend().recycle();
    } else {
      backend().finish(up.isDone());
    }
    backend = null;
    boolean stays = answer.clientStays();
    boolean silent = up.body().isOver() && !request.keepAlive();
    giveUp();
    served.answered(stays, silent);
  }

  /** Answers in the backends' place; a client that has part of an answer is reset. */
  void refuse(int status, String reason) {
    if (answer.down().isBusy() || answer.hasBegun()) {
      client().reset();
    } else {
      if (backend != null) {
        counters().answered(status);
      }
      client().refuse(status, reason);
    }
  }

  /** Ends it without regard to how far it is, and gives back what it holds. */
  void giveUp() {
    clear();
    search.end();
    dropSaved();
    first = released(first);
    up.clear();
    answer.clear();
    if (backend != null) {
      backend.abort();
      backend = null;
    }
    client = null;
    loop.free(this);
  }

  @Override
  protected void expired() {
    refuse(504, "nothing was heard from the backend in time");
  }

  /** An idle connection may have been closed by the backend while the request was on its way. */
  private void backendDied() {
    if (saved != null && !search.wantsOnlyNew()) {
      first = saved;
      saved = null;
      up.clear();
      answer.clear();
      backend().abort();
      backend = null;
      search.beginAnew();
    } else if (answer.hasBegun()) {
      client().reset();
    } else {
      refuse(502, "the backend closed the connection before it had answered");
    }
  }

  private void closeUpgraded() {
    HttpConnection served = client();
    backend().close();
    backend = null;
    served.close();
  }

  /** Reads and drops what the client still sends of a request that is answered already. */
  private void drain() {
    up.breakOff();
    if (!client().socket().isReceiving()) {
      client().socket().receive();
    }
  }

  /**
   * The part of a chunk that belongs to this request, after bytes that have been looked at; the
   * rest is kept for the next one. Null when the body is rejected.
   */
  private @Nullable Chunk ownPart(Chunk chunk, int looked) {
    long address = chunk.address() + chunk.position() + looked;
    int own = looked + up.body().take(address, chunk.length() - looked);
    Rejection bad = up.body().rejection();
    if (bad != null) {
      chunk.release();
      refuse(bad.status(), bad.reason());
      return null;
    }
    Chunk message = loop.takeFirst(chunk, own);
    if (!message.equals(chunk)) {
      client().keep(chunk);
    }
    return message;
  }

  private void restartLimit() {
    if (!settings().idleTimeout().isZero()) {
      loop.loop().deadlines(settings().idleTimeout()).set(this);
    }
  }

  private void dropSaved() {
    saved = released(saved);
  }

  private static @Nullable Chunk released(@Nullable Chunk chunk) {
    if (chunk != null) {
      chunk.release();
    }
    return null;
  }

  private static <T> T there(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not there");
    }
    return part;
  }
}
