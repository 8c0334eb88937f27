package gantry.bench.speed;

import gantry.bench.peer.Peer;
import gantry.bench.peer.Peers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who takes part in a workload, and in which order. */
final class Contenders {
  private Contenders() {}

  static List<Peer> in(Workload workload, Settings settings) {
    List<Peer> all =
        workload.isBulk()
            ? Peers.forLargeAnswers(settings.distribution())
            : Peers.forSmallAnswers(settings.distribution());
    return all.stream()
        .filter(peer -> peer.knows(workload.layer()))
        .filter(peer -> !(workload.load() instanceof Load.Idle) || !peer.name().equals("direct"))
        .filter(
            peer -> settings.contenders().isEmpty() || settings.contenders().contains(peer.name()))
        .toList();
  }

  /** Each repetition begins with another one, so that none always follows the same one. */
  static <T> List<T> rotated(List<T> all, int repetition) {
    List<T> order = new ArrayList<>(all);
    if (!order.isEmpty()) {
      Collections.rotate(order, -(repetition % order.size()));
    }
    return order;
  }
}
