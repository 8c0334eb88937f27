package gantry.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.io.NativeAddress;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DataPlaneTest {
  /** A loop that is in the middle of something may hold the old table in its hands. */
  @Test
  void aSwitchIsNotAcknowledgedWhileAnEventLoopIsAtWork() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (DataPlane plane =
            new DataPlane(
                Transport.best(),
                2,
                tally -> {
                  atWork.countDown();
                  awaitQuietly(goOn);
                },
                TcpConnection::start);
        ServerSocket backend = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BoundListener listener = plane.bind(freeAddress());
      Target target =
          new Target(
              plane.newTally("o", "a"),
              new NativeAddress(
                  new InetSocketAddress(backend.getInetAddress(), backend.getLocalPort())));
      plane.publish(table(listener.address(), target));
      listener.open();
      openAndClose(listener.address(), backend);
      assertThat(atWork.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> acknowledged =
          CompletableFuture.runAsync(() -> publishNothing(plane));
      await()
          .during(java.time.Duration.ofMillis(200))
          .until(() -> plane.table().equals(RouteTable.EMPTY) && !acknowledged.isDone());
      goOn.countDown();
      acknowledged.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void thePickerTakesTurnsAmongEqualsAndLeavesOutWhatWasTried() {
    Target a = target("a");
    Target b = target("b");
    Picker picker = new Picker();
    List<Target> active = List.of(a, b);
    assertThat(List.of(picked(picker, active), picked(picker, active))).containsExactly(a, b);
    assertThat(picker.pick(active, Set.of(a))).isEqualTo(b);
    assertThat(picker.pick(active, Set.of(a, b))).isNull();
    Tally.Lease lease = a.tally().open(0, a.counters().on(0));
    assertThat(picked(picker, active)).isEqualTo(b);
    assertThat(picked(picker, active)).isEqualTo(b);
    assertThat(lease.end()).as("nothing is open any more").isTrue();
    assertThat(lease.end()).as("ended before").isFalse();
  }

  private static RouteTable table(WireAddress listener, Target target) {
    return new RouteTable(
        Map.of(listener, new RouteTable.Entry(RouteSettings.TCP, List.of(target))));
  }

  private static Target picked(Picker picker, List<Target> active) {
    Target target = picker.pick(active, Set.of());
    return Objects.requireNonNull(target);
  }

  private static Target target(String id) {
    return new Target(
        new Tally("o", id, 1),
        new NativeAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
  }

  private static void openAndClose(WireAddress listener, ServerSocket backend) throws IOException {
    try (Socket client = new Socket(InetAddress.ofLiteral(listener.host()), listener.port());
        Socket accepted = backend.accept()) {
      client.shutdownOutput();
      assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static void publishNothing(DataPlane plane) {
    try {
      plane.publish(RouteTable.EMPTY);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static WireAddress freeAddress() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return WireAddress.of("127.0.0.1", probe.getLocalPort());
    }
  }
}
