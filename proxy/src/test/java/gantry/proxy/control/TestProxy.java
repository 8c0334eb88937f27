package gantry.proxy.control;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The data plane with its steering in this process, without the control socket. */
final class TestProxy implements AutoCloseable {
  static final String OWNER = "shop/web";

  final Steering steering;
  final BlockingQueue<String> drained = new LinkedBlockingQueue<>();

  TestProxy(Path folder, Transport transport) throws IOException, RefusedException {
    this(folder, transport, 2);
  }

  TestProxy(Path folder, Transport transport, int loops) throws IOException, RefusedException {
    this.steering =
        new Steering(
            new RouteStore(folder.resolve("routes.json")),
            transport,
            loops,
            (owner, id) -> drained.add(owner + " " + id));
    steering.restore();
  }

  /** Routes a fresh port to these backends. */
  WireAddress route(WireBackend... backends) throws IOException, RefusedException {
    WireAddress listener = freeAddress();
    route(listener, backends);
    return listener;
  }

  void route(WireAddress listener, WireBackend... backends) throws RefusedException {
    steering.apply(OWNER, List.of(new WireRoute(listener, "tcp", List.of(backends))));
  }

  long count(String id) throws RefusedException {
    return steering.status().backends().stream()
        .filter(b -> b.id().equals(id))
        .mapToLong(b -> b.connections())
        .sum();
  }

  static Socket connect(WireAddress listener) throws IOException {
    Socket socket = new Socket(listener.host(), listener.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  static WireAddress freeAddress() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return WireAddress.of("127.0.0.1", probe.getLocalPort());
    }
  }

  @Override
  public void close() {
    steering.close();
  }
}
