package gantry.proxy.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers {@code GET /metrics} on an address of its own, by the JDK's server and on threads of its
 * own: event loops neither serve nor collect. Thread-safe.
 */
public final class MetricsEndpoint implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final String PATH = "/metrics";

  /** More at once wait: who scrapes is one or two. */
  private static final int THREADS = 2;

  /** Clients that dawdle are cut off, so that they do not keep the threads. */
  private static final String MAX_SECONDS = "10";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<String> figures;

  private MetricsEndpoint(HttpServer server, ExecutorService threads, Supplier<String> figures) {
    this.server = server;
    this.threads = threads;
    this.figures = figures;
  }

  /**
   * Binds the address and serves.
   *
   * @param figures asked for each answer, on the endpoint's threads
   */
  public static MetricsEndpoint open(WireAddress address, Supplier<String> figures)
      throws IOException {
    System.setProperty("sun.net.httpserver.maxReqTime", MAX_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", MAX_SECONDS);
    HttpServer server;
    try {
      server = HttpServer.create(address.socketAddress(), 0);
    } catch (IOException e) {
      throw new IOException("cannot serve metrics on " + address + ": " + e.getMessage(), e);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, task -> Thread.ofPlatform().daemon().name("proxy-metrics").unstarted(task));
    MetricsEndpoint endpoint = new MetricsEndpoint(server, threads, figures);
    server.createContext("/", endpoint::answer);
    server.setExecutor(threads);
    server.start();
    return endpoint;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        send(exchange, 404, "text/plain", "metrics are at " + PATH + "\n");
      } else if (method.equals("GET") || method.equals("HEAD")) {
        tell(exchange);
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, "text/plain", "only GET and HEAD\n");
      }
    }
  }

  private void tell(HttpExchange exchange) throws IOException {
    String text;
    try {
      text = figures.get();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "metrics failed", e);
      send(exchange, 503, "text/plain", "the figures cannot be told now: " + e.getMessage() + "\n");
      return;
    }
    send(exchange, 200, Exposition.CONTENT_TYPE, text);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
