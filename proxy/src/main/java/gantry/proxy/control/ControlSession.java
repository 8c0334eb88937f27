package gantry.proxy.control;

import gantry.proxy.wire.Json;
import gantry.proxy.wire.LineReader;
import gantry.proxy.wire.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One control connection: requests come in, answers and, for a watcher, events go out. */
final class ControlSession {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  /** Events that a slow watcher may lag behind; beyond that it is told to look at everything. */
  private static final int MAX_PENDING_EVENTS = 256;

  private static final Map<String, Object> ALIVE = Map.of("event", "alive");
  private static final Map<String, Object> MISSED = Map.of("event", "missed");

  private final SocketChannel client;
  private final Commands commands;
  private final BlockingQueue<Map<String, Object>> events =
      new ArrayBlockingQueue<>(MAX_PENDING_EVENTS);
  private volatile boolean watching;
  private volatile boolean missed;

  ControlSession(SocketChannel client, Commands commands) {
    this.client = client;
    this.commands = commands;
  }

  /** Answers requests until the client leaves. */
  void run() {
    try (client) {
      LineReader lines = new LineReader(client::read, Protocol.MAX_LINE_BYTES);
      @Nullable String line;
      while ((line = lines.next()) != null) {
        if (!line.isBlank()) {
          commands.answer(line, this);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "control connection ended", e);
    }
  }

  /** Queues an event when this is a watcher. */
  void push(Map<String, Object> event) {
    if (watching && !events.offer(event)) {
      missed = true;
    }
  }

  /** Ends the connection. */
  void disconnect() {
    try {
      client.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "cannot close a control connection", e);
    }
  }

  /** Starts to push events; a second call does nothing. */
  void watch() {
    if (!watching) {
      watching = true;
      Thread.ofPlatform().daemon().name("proxy-watch").start(this::pushEvents);
    }
  }

  /** Writes one line. */
  synchronized void send(Map<String, ?> message) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      client.write(line);
    }
  }

  private void pushEvents() {
    try {
      while (client.isOpen()) {
        Map<String, Object> event =
            events.poll(Protocol.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        send(event == null ? ALIVE : event);
        if (missed) {
          missed = false;
          send(MISSED);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "watcher ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
