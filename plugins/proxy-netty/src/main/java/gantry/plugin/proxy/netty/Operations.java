package gantry.plugin.proxy.netty;

import gantry.api.proxy.Listener;
import gantry.api.proxy.OpenConnection;
import gantry.api.proxy.ProxyInfo;
import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.wire.ConnectionQuery;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireConnection;
import gantry.proxy.wire.WireHello;
import gantry.proxy.wire.WireStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a running proxy what people want to know, in the SPI's words. */
final class Operations {
  private final ProxyClient client;

  Operations(ProxyClient client) {
    this.client = client;
  }

  ProxyInfo info(Deadline deadline) throws IOException, ProxyRefusedException {
    WireHello hello = client.hello(deadline.left());
    WireStatus status = client.status(deadline.left());
    Map<Listener, String> unbound = new HashMap<>();
    status
        .unbound()
        .forEach(
            (address, reason) -> unbound.put(new Listener(address.host(), address.port()), reason));
    Map<Long, Long> older = new HashMap<>();
    status.older().forEach(process -> older.put(process.pid(), process.connections()));
    return new ProxyInfo(
        hello.pid(),
        hello.version(),
        hello.transport(),
        hello.loops(),
        hello.uptime(),
        hello.metrics().map(WireAddress::toString),
        unbound,
        older);
  }

  List<OpenConnection> connections(int limit, Deadline deadline)
      throws IOException, ProxyRefusedException {
    ConnectionQuery query = new ConnectionQuery("", "", true, limit);
    return client.connections(query, deadline.left()).list().stream()
        .map(Operations::connection)
        .toList();
  }

  private static OpenConnection connection(WireConnection c) {
    return new OpenConnection(
        c.owner(),
        c.backend(),
        c.listener(),
        c.client(),
        c.age(),
        c.idle(),
        c.bytesIn(),
        c.bytesOut());
  }
}
