package gantry.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.proxy.Backend;
import gantry.api.proxy.HttpOptions;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyStatus;
import gantry.api.proxy.Route;
import gantry.api.proxy.RouteKind;
import gantry.api.proxy.RouteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link Proxy} must do, whether it carries bytes or not. */
public abstract class ProxyContract extends DrainContract {
  @Test
  void hasNoStatusBeforeItRuns() {
    assertThat(proxy.status()).isEmpty();
  }

  @Test
  void startTwiceIsStartOnce() {
    proxy.start();
    proxy.start();
    assertThat(proxy.status()).contains(new ProxyStatus(Map.of(), List.of()));
  }

  @Test
  void applyStartsIt() {
    Route route = route(freeListener(), active("a"), draining("b"));
    proxy.apply(OWNER, List.of(route));
    ProxyStatus status = proxy.status().orElseThrow();
    assertThat(status.routesOf(OWNER)).containsExactly(route);
    assertThat(status.backends()).extracting(b -> b.id()).containsExactlyInAnyOrder("a", "b");
    assertThat(status.backends()).allMatch(b -> b.connections() == 0 && b.oldest().isZero());
  }

  @Test
  void aRoutesOptionsAreInForceAndAChangeOfThemAloneIsAChange() {
    Listener listener = freeListener();
    List<Backend> backends = List.of(active("a"));
    HttpOptions http = new HttpOptions(Duration.ofMillis(1500), Duration.ofMinutes(2), true);
    RouteOptions forHttp =
        new RouteOptions(
            Duration.ofSeconds(1), Duration.ofHours(1), 9, false, Duration.ofSeconds(3), http);
    Route route = new Route(listener, RouteKind.HTTP, forHttp, backends);
    proxy.apply(OWNER, List.of(route));
    assertThat(proxy.status().orElseThrow().routesOf(OWNER)).containsExactly(route);
    RouteOptions forTcp =
        new RouteOptions(
            Duration.ofSeconds(1), Duration.ZERO, 0, true, Duration.ZERO, HttpOptions.DEFAULT);
    Route changed = new Route(listener, RouteKind.TCP, forTcp, backends);
    proxy.apply(OWNER, List.of(changed));
    assertThat(proxy.status().orElseThrow().routesOf(OWNER)).containsExactly(changed);
  }

  @Test
  void afterASwitchNewConnectionsReachOnlyTheNewBackendAndOldOnesStay() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection old = connect(listener)) {
      assertThat(old.backend()).contains("a");
      proxy.apply(OWNER, List.of(route(listener, draining("a"), active("b"))));
      try (HeldConnection fresh = connect(listener)) {
        assertThat(fresh.backend()).contains("b");
        assertThat(old.isAlive()).isTrue();
        assertThat(count("a")).isEqualTo(1);
        assertThat(count("b")).isEqualTo(1);
      }
    }
    await().atMost(PATIENCE).until(() -> count("a") == 0 && count("b") == 0);
  }

  @Test
  void anUndrainedBackendGetsConnectionsAgain() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, draining("a"), active("b"))));
    proxy.apply(OWNER, List.of(route(listener, active("a"), draining("b"))));
    try (HeldConnection connection = connect(listener)) {
      assertThat(connection.backend()).contains("a");
    }
  }

  @Test
  void connectionsOfABackendWithoutARouteAreStillCounted() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection old = connect(listener)) {
      proxy.apply(OWNER, List.of());
      assertThat(old.isAlive()).isTrue();
      ProxyStatus status = proxy.status().orElseThrow();
      assertThat(status.routesOf(OWNER)).isEmpty();
      assertThat(status.backend(OWNER, "a").orElseThrow().connections()).isEqualTo(1);
    }
    await().atMost(PATIENCE).until(() -> proxy.status().orElseThrow().backends().isEmpty());
  }

  @Test
  void ageOfTheOldestConnectionGrows() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection old = connect(listener)) {
      assertThat(old.isAlive()).isTrue();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  proxy.status().orElseThrow().backend(OWNER, "a").orElseThrow().oldest().toMillis()
                      >= 20);
    }
  }

  @Test
  void withoutAnActiveBackendConnectionsAreAcceptedAndClosed() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, draining("a"))));
    try (HeldConnection connection = connect(listener)) {
      assertThat(connection.backend()).isEmpty();
    }
    assertThat(count("a")).isZero();
  }

  @Test
  void spreadsConnectionsOverActiveBackends() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"), active("b"))));
    List<HeldConnection> open = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      open.add(connect(listener));
    }
    assertThat(count("a")).isEqualTo(5);
    assertThat(count("b")).isEqualTo(5);
    open.forEach(HeldConnection::close);
  }

  @Test
  void aListenerOfAnotherOwnerIsRefusedByNameAndNothingChanges() {
    Listener taken = freeListener();
    proxy.apply("shop/api", List.of(route(taken, active("a"))));
    assertThatThrownBy(
            () ->
                proxy.apply(
                    OWNER, List.of(route(freeListener(), active("b")), route(taken, active("b")))))
        .isInstanceOfSatisfying(
            GantryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LISTENER_TAKEN);
              assertThat(e.text()).contains("shop/api").contains(taken.toString());
            });
    assertThat(proxy.status().orElseThrow().routesOf(OWNER)).isEmpty();
    try (HeldConnection connection = connect(taken)) {
      assertThat(connection.backend()).contains("a");
    }
  }

  @Test
  void anAddressOfAnotherProgramIsRefusedAndNothingChanges() throws Exception {
    Listener first = freeListener();
    Listener busy = freeListener();
    proxy.apply(OWNER, List.of(route(first, active("a"))));
    try (AutoCloseable other = occupy(busy)) {
      assertThat(other).isNotNull();
      assertThatThrownBy(
              () ->
                  proxy.apply(OWNER, List.of(route(first, active("b")), route(busy, active("b")))))
          .isInstanceOfSatisfying(
              GantryException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LISTENER_TAKEN);
                assertThat(e.text()).contains("another program").contains(busy.toString());
              });
      try (HeldConnection connection = connect(first)) {
        assertThat(connection.backend()).contains("a");
      }
    }
    proxy.apply(OWNER, List.of(route(first, active("b")), route(busy, active("b"))));
    try (HeldConnection connection = connect(busy)) {
      assertThat(connection.backend()).contains("b");
    }
  }

  @Test
  void oneOwnersRoutesDoNotTouchAnothers() {
    Listener mine = freeListener();
    Listener theirs = freeListener();
    proxy.apply(OWNER, List.of(route(mine, active("a"))));
    proxy.apply("shop/api", List.of(route(theirs, active("a"))));
    proxy.apply("shop/api", List.of());
    assertThat(proxy.status().orElseThrow().routes()).containsOnlyKeys(OWNER);
    try (HeldConnection connection = connect(mine)) {
      assertThat(connection.backend()).contains("a");
    }
  }

  @Test
  void routesSurviveTheProcessAndConnectionsDoNot() {
    Route route = route(freeListener(), active("a"));
    proxy.apply(OWNER, List.of(route));
    try (HeldConnection lost = connect(route.listener())) {
      kill();
      assertThat(proxy.status()).isEmpty();
      proxy.start();
      assertThat(lost.isAlive()).isFalse();
    }
    ProxyStatus status = proxy.status().orElseThrow();
    assertThat(status.routesOf(OWNER)).containsExactly(route);
    assertThat(status.backend(OWNER, "a").orElseThrow().connections()).isZero();
    try (HeldConnection connection = connect(route.listener())) {
      assertThat(connection.backend()).contains("a");
    }
  }

  @Test
  void watchersAreWokenWhenADrainingBackendIsDone() throws Exception {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    HeldConnection old = connect(listener);
    proxy.apply(OWNER, List.of(route(listener, draining("a"), active("b"))));
    CountDownLatch done = new CountDownLatch(1);
    try (Subscription watch = proxy.watch(() -> countDownWhenDrained(done))) {
      assertThat(watch).isNotNull();
      assertThat(done.getCount()).isEqualTo(1);
      old.close();
      assertThat(done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }
  }

  private void countDownWhenDrained(CountDownLatch done) {
    if (count("a") == 0) {
      done.countDown();
    }
  }

  @Test
  void watchersAreWokenWhenTheProxyEndsAndWhenItIsBack() {
    proxy.start();
    Proxy other = newHandle();
    AtomicInteger wakes = new AtomicInteger();
    try (Subscription watch = other.watch(wakes::incrementAndGet)) {
      assertThat(watch).isNotNull();
      Listener listener = freeListener();
      proxy.apply(OWNER, List.of(route(listener, active("a"))));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                connect(listener).close();
                return wakes.get() > 0;
              });
      int before = wakes.get();
      kill();
      await().atMost(PATIENCE).until(() -> wakes.get() > before);
      int dead = wakes.get();
      proxy.start();
      await().atMost(PATIENCE).until(() -> wakes.get() > dead);
    }
  }

  @Test
  void closingAHandleLeavesTheProxyAlone() {
    Route route = route(freeListener(), active("a"));
    proxy.apply(OWNER, List.of(route));
    proxy.close();
    assertThat(newHandle().status().orElseThrow().routesOf(OWNER)).containsExactly(route);
  }
}
