package gantry.proxy.http;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Chunks;
import gantry.proxy.io.DeadlineQueue;
import gantry.proxy.io.Loop;
import gantry.proxy.tcp.Target;
import gantry.proxy.tcp.Worker;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** What belongs to one event loop, for all its HTTP connections. Everything here runs on it. */
final class HttpLoop {
  /** Bytes that at least can be appended to a part of a head. */
  private static final int ROOM_TO_GROW = 512;

  private final Worker worker;
  private final HeadEdit edit = new HeadEdit();
  private final ArrayDeque<Exchange> exchanges = new ArrayDeque<>();
  private final Map<Target, BackendPool> pools = new HashMap<>();
  private final DeadlineQueue idleBackends;
  private final DeadlineQueue watches;
  private final Runnable tableChanged = this::closeInactive;

  HttpLoop(Worker worker) {
    this.worker = worker;
    this.idleBackends = worker.loop().deadlines(HttpLimits.IDLE_BACKEND);
    this.watches = worker.loop().deadlines(HttpLimits.WATCH_AFTER);
    worker.onNextTable(tableChanged);
  }

  Worker worker() {
    return worker;
  }

  Loop loop() {
    return worker.loop();
  }

  Chunks chunks() {
    return worker.loop().chunks();
  }

  HeadEdit edit() {
    return edit;
  }

  DeadlineQueue idleBackends() {
    return idleBackends;
  }

  DeadlineQueue watches() {
    return watches;
  }

  /** An exchange for a client that has begun to send a request. */
  Exchange begin(HttpConnection client) {
    Exchange exchange = exchanges.isEmpty() ? new Exchange(this) : exchanges.pop();
    exchange.begin(client);
    return exchange;
  }

  /** Takes an exchange back that nobody refers to any more. */
  void free(Exchange exchange) {
    exchanges.push(exchange);
  }

  /**
   * The first bytes of a chunk as one of its own, with room to append; the rest stays. The chunk
   * itself when that is all of it.
   */
  Chunk takeFirst(Chunk chunk, int length) {
    if (length == chunk.length()) {
      return chunk;
    }
    int limit = chunk.limit();
    int end = chunk.position() + length;
    chunk.content(chunk.position(), end);
    Chunk first = chunks().copy(chunk, Chunk.TAIL_ROOM);
    chunk.content(end, limit);
    return first;
  }

  /**
   * Where a part of a head waits for more: the smallest chunk that has room for that. Takes the
   * given one over.
   */
  Chunk toGrow(Chunk chunk) {
    int wanted = chunk.length() + ROOM_TO_GROW + Chunk.TAIL_ROOM;
    boolean small = wanted <= Chunks.SMALL_BYTES;
    boolean fits = chunk.capacity() - chunk.limit() >= ROOM_TO_GROW + Chunk.TAIL_ROOM;
    if (fits && (!small || chunk.capacity() == Chunks.SMALL_BYTES)) {
      return chunk;
    }
    Chunk copy = chunks().copy(chunk, ROOM_TO_GROW + Chunk.TAIL_ROOM);
    chunk.release();
    return copy;
  }

  /** The idle connections to a backend that was just picked. */
  BackendPool pool(Target target) {
    BackendPool pool = pools.get(target);
    if (pool == null) {
      pool = new BackendPool(target);
      pools.put(target, pool);
    }
    return pool;
  }

  /** Backends that get no requests any more have their idle connections closed at once. */
  private void closeInactive() {
    worker.onNextTable(tableChanged);
    Set<Target> active = worker.active();
    for (Iterator<BackendPool> each = pools.values().iterator(); each.hasNext(); ) {
      BackendPool pool = each.next();
      if (!active.contains(pool.target())) {
        pool.close();
        each.remove();
      }
    }
  }
}
