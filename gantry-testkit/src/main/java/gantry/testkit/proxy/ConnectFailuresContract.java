package gantry.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Listener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a proxy tells of backends that it cannot connect to. */
abstract class ConnectFailuresContract extends ProxyFixture {
  final BackendStatus status(String id) {
    return proxy.status().orElseThrow().backend(OWNER, id).orElseThrow();
  }

  private void fail(Listener listener) {
    try (HeldConnection connection = connect(listener)) {
      assertThat(connection.backend()).isEmpty();
    }
  }

  private void awaitFailures(String id, long count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(status(id).connectFailures()).isEqualTo(count));
  }

  @Test
  void connectFailuresOfABackendAreCounted() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    connect(listener).close();
    assertThat(status("a").connectFailures()).isZero();
    refuse("a");
    fail(listener);
    fail(listener);
    awaitFailures("a", 2);
  }

  @Test
  void connectFailuresCountFromWhenABackendIsLedToOnWhicheverHandleAsks() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection held = connect(listener)) { // it stays known while it drains
      refuse("a");
      fail(listener);
      awaitFailures("a", 1);
      proxy.apply(OWNER, List.of(route(listener, active("b"))));
      connect(listener).close();
      assertThat(status("b").connectFailures()).isZero();
      assertThat(held.isAlive()).isTrue();
      proxy.apply(OWNER, List.of(route(listener, active("a"))));
      assertThat(status("a").connectFailures()).isZero();
      fail(listener);
      awaitFailures("a", 1);
      proxy.close();
      proxy = newHandle();
      awaitFailures("a", 1);
    }
  }
}
