package gantry.proxy.control;

import gantry.proxy.wire.ConnectionQuery;
import gantry.proxy.wire.WireBackendStatus;
import gantry.proxy.wire.WireConnection;
import gantry.proxy.wire.WireConnections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells what is open, here and in older processes. */
final class ConnectionsAnswer {
  private final Steering steering;
  private final Predecessors predecessors;

  ConnectionsAnswer(Steering steering, Predecessors predecessors) {
    this.steering = steering;
    this.predecessors = predecessors;
  }

  Map<String, Object> to(ConnectionQuery query) throws RefusedException {
    List<WireBackendStatus> backends =
        steering.status().with(predecessors.status()).backends().stream()
            .filter(backend -> query.wants(backend.owner(), backend.id()))
            .toList();
    long open = backends.stream().mapToLong(WireBackendStatus::connections).sum();
    List<WireConnection> list = query.list() ? list(query) : List.of();
    return new WireConnections(open, backends, list, list.size() < query.limit())
        .toJson(query.list());
  }

  private List<WireConnection> list(ConnectionQuery query) throws RefusedException {
    List<WireConnection> all = new ArrayList<>();
    all.addAll(steering.list(tally -> query.wants(tally.owner(), tally.id()), query.limit()));
    all.addAll(predecessors.list(query));
    all.sort(Comparator.comparing(WireConnection::age).reversed());
    return all.subList(0, Math.min(query.limit(), all.size()));
  }
}
