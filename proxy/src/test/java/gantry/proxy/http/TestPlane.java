package gantry.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.io.Loop;
import gantry.proxy.io.NativeAddress;
import gantry.proxy.tcp.BoundListener;
import gantry.proxy.tcp.DataPlane;
import gantry.proxy.tcp.RouteCounters;
import gantry.proxy.tcp.RouteSettings;
import gantry.proxy.tcp.RouteTable;
import gantry.proxy.tcp.Tally;
import gantry.proxy.tcp.Target;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The data plane with one HTTP route. When it is closed, everything that it lent must be back: the
 * backends' counts are zero, and no loop misses memory.
 */
final class TestPlane implements AutoCloseable {
  /** What the ring of an io_uring loop always has ready. */
  private static final int RING_CHUNKS = 256;

  private final Transport transport;
  private final HttpPlane http = new HttpPlane();
  private final DataPlane plane;
  private final BoundListener listener;
  private final RouteSettings settings;
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, RouteCounters> counters = new HashMap<>();

  TestPlane(Transport transport, RouteSettings settings, Backend... backends) throws IOException {
    assertThat(transport.isAvailable()).as("%s on this machine", transport).isTrue();
    this.transport = transport;
    this.settings = settings;
    this.plane = new DataPlane(transport, 1, tally -> {}, http);
    this.listener = plane.bind(Backend.freeAddress());
    route(backends);
    listener.open();
  }

  TestPlane(Transport transport, Backend... backends) throws IOException {
    this(transport, Settings.USUAL, backends);
  }

  /** Routes requests to these backends; returns when that is in force. */
  void route(Backend... backends) throws IOException {
    List<Target> targets = new ArrayList<>();
    for (Backend backend : backends) {
      targets.add(target(backend.id(), backend.address()));
    }
    publish(targets);
  }

  /** Routes requests to one address; returns when that is in force. */
  void route(String id, WireAddress address) throws IOException {
    publish(List.of(target(id, address)));
  }

  private Target target(String id, WireAddress address) {
    return new Target(tally(id), new NativeAddress(address.socketAddress()), counters(id));
  }

  private void publish(List<Target> targets) throws IOException {
    plane.publish(
        new RouteTable(Map.of(listener.address(), new RouteTable.Entry(settings, targets))));
  }

  /** As when the process is told to end. */
  void end() {
    listener.pause();
    plane.end();
  }

  /** Answers of the proxy's own, of a class. */
  long ownAnswers(int hundreds) {
    return plane.counts(listener.address()).ownAnswers(hundreds);
  }

  Client connect() throws IOException {
    return new Client(listener.address());
  }

  WireAddress address() {
    return listener.address();
  }

  long count(String id) {
    return tally(id).count();
  }

  Tally tally(String id) {
    return tallies.computeIfAbsent(id, key -> plane.newTally("owner", key));
  }

  /** The only loop; there must have been a client. */
  Loop loop() {
    return http.loops().iterator().next().loop();
  }

  RouteCounters counters(String id) {
    return counters.computeIfAbsent(id, key -> plane.newCounters());
  }

  @Override
  public void close() {
    try {
      listener.pause();
      await().until(() -> plane.clients() == 0);
      tallies.values().forEach(tally -> await().until(() -> tally.count() == 0));
      int ready = transport == Transport.IO_URING ? RING_CHUNKS : 0;
      http.loops().forEach(loop -> await().until(() -> chunksInUse(loop) == ready));
    } finally {
      plane.close();
    }
  }

  private static int chunksInUse(HttpLoop loop) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    loop.loop().execute(() -> answer.complete(loop.chunks().inUse()));
    return answer.join();
  }
}
