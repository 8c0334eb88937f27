package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Socket;
import org.jspecify.annotations.Nullable;

/**
 * What a backend sends for a request: interim answers, which are passed on at once, and the final
 * one, whose body is moved without being kept. Reusable.
 */
final class Answer {
  private final HttpLoop loop;
  private final Exchange exchange;
  private final Pump up;
  private final ResponseHead head = new ResponseHead();
  private final Pump down;
  private @Nullable Socket backend;
  private @Nullable Chunk rest;
  private boolean interim;
  private boolean begun;
  private boolean clientStays;
  private boolean backendStays;

  Answer(HttpLoop loop, Exchange exchange, Pump up) {
    this.loop = loop;
    this.exchange = exchange;
    this.up = up;
    this.down = new Pump(exchange);
  }

  /** Waits for the answer to a request that is being sent. */
  void begin(Socket client, Socket source) {
    backend = source;
    down.connect(source, client);
    head.expect(exchange.request().isHead());
  }

  /** Moves the answer. */
  Pump down() {
    return down;
  }

  /** Whether some of the final answer has been passed on. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether the client can have another request on its connection. */
  boolean clientStays() {
    return clientStays;
  }

  /** Whether the backend can. */
  boolean backendStays() {
    return backendStays;
  }

  /** Whether more of it may come although the backend takes no more of the request. */
  boolean mayGoOn() {
    return socket().isReceiving() || (down.isBusy() && !down.body().isUntilClose());
  }

  /** Asks for the head. */
  void receive() {
    if (!socket().isReceiving()) {
      socket().receive();
    }
  }

  void received(Chunk chunk) {
    if (begun) {
      ofBody(chunk);
    } else {
      ofHead(chunk);
    }
  }

  /** Everything that was to be passed on has been. */
  void delivered() {
    if (!interim) {
      exchange.finish();
      return;
    }
    interim = false;
    head.expect(exchange.request().isHead());
    Chunk next = rest;
    rest = null;
    goOn(next);
  }

  void clear() {
    if (rest != null) {
      rest.release();
      rest = null;
    }
    down.clear();
    backend = null;
    interim = false;
    begun = false;
    clientStays = false;
    backendStays = false;
  }

  private void ofHead(Chunk chunk) {
    switch (head.scan(chunk)) {
      case INCOMPLETE -> socket().receive(loop.toGrow(chunk));
      case REJECTED -> bad(chunk, head.rejection());
      case COMPLETE -> complete(chunk);
    }
  }

  private void complete(Chunk chunk) {
    boolean unasked = head.isUpgrade() && !exchange.request().wantsUpgrade();
    boolean unreadable = exchange.request().isOldVersion() && head.body() == Head.CHUNKED;
    if (unasked || unreadable) {
      bad(chunk, unasked ? Rejection.UNASKED_UPGRADE : Rejection.CODING_IN_OLD_VERSION);
      return;
    }
    exchange.counters().answered(head.status());
    if (head.isInterim()) {
      ofInterim(chunk);
    } else {
      begin(chunk);
    }
  }

  /** Clients of HTTP/1.0 know no interim answers. */
  private void ofInterim(Chunk chunk) {
    Chunk message = loop.takeFirst(chunk, head.length());
    Chunk others = message.equals(chunk) ? null : chunk;
    if (exchange.request().isOldVersion()) {
      message.release();
      head.expect(exchange.request().isHead());
      goOn(others);
    } else {
      rest = others;
      interim = true;
      head.forward(message, loop.edit(), HeadEdit.NOTHING);
      down.send(message);
    }
  }

  private void goOn(@Nullable Chunk others) {
    if (others == null) {
      receive();
    } else {
      ofHead(others);
    }
  }

  /** The head of the final answer is there, perhaps with some of its body. */
  private void begin(Chunk chunk) {
    down.body().begin(head.isUpgrade() ? Head.UNTIL_CLOSE : head.body());
    backendStays = head.keepAlive();
    if (!trim(chunk, head.length())) {
      return;
    }
    begun = true;
    clientStays =
        exchange.request().keepAlive()
            && up.body().isOver()
            && !down.body().isUntilClose()
            && !loop.worker().isRetired();
    exchange.counters().latency(loop.loop().nowNanos() - exchange.startNanos());
    head.forward(chunk, loop.edit(), connection());
    if (head.isUpgrade()) {
      exchange.upgrade();
    }
    down.send(chunk);
  }

  private byte[] connection() {
    if (head.isUpgrade()) {
      return HeadEdit.CONNECTION_UPGRADE;
    }
    if (!clientStays) {
      return HeadEdit.CONNECTION_CLOSE;
    }
    boolean old = exchange.request().isOldVersion() || head.isOldVersion();
    return old ? HeadEdit.CONNECTION_KEEP_ALIVE : HeadEdit.NOTHING;
  }

  private void ofBody(Chunk chunk) {
    if (trim(chunk, 0)) {
      down.send(chunk);
    }
  }

  /**
   * Takes off what does not belong to the answer. False when the body is rejected, and everything
   * with it.
   */
  private boolean trim(Chunk chunk, int looked) {
    long address = chunk.address() + chunk.position() + looked;
    int own = looked + down.body().take(address, chunk.length() - looked);
    Rejection rejection = down.body().rejection();
    if (rejection != null) {
      bad(chunk, rejection);
      return false;
    }
    if (own < chunk.length()) {
      backendStays = false;
      chunk.content(chunk.position(), chunk.position() + own);
    }
    return true;
  }

  private void bad(Chunk chunk, Rejection reason) {
    chunk.release();
    exchange.refuse(502, "the backend's answer is not understood: " + reason.reason());
  }

  private Socket socket() {
    if (backend == null) {
      throw new IllegalStateException("no backend");
    }
    return backend;
  }
}
