package gantry.proxy.http;

import gantry.proxy.tcp.ClientStarter;
import gantry.proxy.tcp.LoopListener;
import gantry.proxy.tcp.RouteSettings;
import gantry.proxy.tcp.Worker;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes the clients of HTTP routes, each on its own loop. Thread-safe. */
public final class HttpPlane implements ClientStarter {
  private final Map<Worker, HttpLoop> loops = new ConcurrentHashMap<>();

  /** Without any client yet. */
  public HttpPlane() {}

  /** The loops that have had a client. */
  Collection<HttpLoop> loops() {
    return loops.values();
  }

  @Override
  public void start(Worker worker, LoopListener listener, RouteSettings settings, int fd) {
    new HttpConnection(loops.computeIfAbsent(worker, HttpLoop::new), listener, settings, fd)
        .start();
  }
}
