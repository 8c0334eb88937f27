package gantry.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.proxy.Backend;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.HttpOptions;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyStatus;
import gantry.api.proxy.Route;
import gantry.api.proxy.RouteKind;
import gantry.api.proxy.RouteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Proxy} must do, whether it carries bytes or not. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
public abstract class ProxyContract {
  /** The owner that the tests use. */
  protected static final String OWNER = "shop/web";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** A folder of its own for each test. */
  @TempDir protected Path stateDir;

  private final List<Proxy> handles = new ArrayList<>();

  /** The handle that the tests use. */
  protected Proxy proxy;

  /** Makes a handle to the proxy of this test's machine, without starting it. */
  protected abstract Proxy open(Path stateDir);

  /** An address that nothing listens on. */
  protected abstract Listener freeListener();

  /** Makes another program listen on an address. */
  protected abstract AutoCloseable occupy(Listener listener);

  /** Where a backend with this id answers; starts it when needed. */
  protected abstract Endpoint backendEndpoint(String id);

  /** Connects through the proxy. */
  protected abstract HeldConnection connect(Listener listener);

  /** Ends the proxy's process without warning; nothing happens when there is none. */
  protected abstract void kill();

  @BeforeEach
  final void openHandle() {
    proxy = newHandle();
  }

  @AfterEach
  final void closeHandles() {
    handles.forEach(Proxy::close);
    kill();
  }

  /** Another handle, closed after the test. */
  protected final Proxy newHandle() {
    Proxy handle = open(stateDir);
    handles.add(handle);
    return handle;
  }

  /** A backend that gets new connections. */
  protected final Backend active(String id) {
    return new Backend(id, backendEndpoint(id), true);
  }

  /** A backend that keeps what it has. */
  protected final Backend draining(String id) {
    return new Backend(id, backendEndpoint(id), false);
  }

  /** A TCP route. */
  protected static Route route(Listener listener, Backend... backends) {
    return new Route(listener, RouteKind.TCP, List.of(backends));
  }

  private long count(String id) {
    return proxy.status().orElseThrow().backend(OWNER, id).map(b -> b.connections()).orElse(0L);
  }

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

  private BackendStatus status(String id) {
    return proxy.status().orElseThrow().backend(OWNER, id).orElseThrow();
  }

  private void awaitMillis(int millis, Supplier<Optional<Duration>> time) {
    await().atMost(PATIENCE).until(() -> time.get().orElseThrow().toMillis() >= millis);
  }

  @Test
  void aDrainHasAnAgeFromTheSwitchOnWhicheverHandleAsks() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection old = connect(listener)) {
      assertThat(old.isAlive()).isTrue();
      awaitMillis(200, () -> Optional.of(status("a").oldest()));
      assertThat(status("a").draining()).isEmpty();
      assertThat(status("a").idle()).isEmpty();
      proxy.apply(OWNER, List.of(route(listener, active("b"))));
      assertThat(status("b").draining()).isEmpty();
      BackendStatus drains = status("a");
      assertThat(drains.draining().orElseThrow()).isLessThan(drains.oldest());
      proxy.close();
      proxy = newHandle();
      awaitMillis(200, () -> status("a").draining());
    }
  }

  @Test
  void anUndrainedBackendThatDrainsAgainBeginsAnew() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection old = connect(listener)) {
      proxy.apply(OWNER, List.of(route(listener, active("b"))));
      awaitMillis(300, () -> status("a").draining());
      proxy.apply(OWNER, List.of(route(listener, active("a"))));
      assertThat(status("a").draining()).isEmpty();
      Duration before = status("a").oldest();
      proxy.apply(OWNER, List.of(route(listener, active("b"))));
      Duration young = status("a").draining().orElseThrow();
      assertThat(young).isLessThanOrEqualTo(status("a").oldest().minus(before).plusMillis(1));
      assertThat(old.isAlive()).isTrue();
    }
  }

  @Test
  void whatDrainsIsAsIdleAsTheConnectionThatWasHeardOfLast() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection silent = connect(listener)) {
      HeldConnection talks = connect(listener);
      proxy.apply(OWNER, List.of(route(listener, active("b"))));
      awaitMillis(300, () -> status("a").idle());
      Duration before = status("a").oldest();
      assertThat(talks.isAlive()).isTrue();
      BackendStatus heard = status("a");
      assertThat(heard.idle().orElseThrow())
          .isLessThanOrEqualTo(heard.oldest().minus(before).plusMillis(5));
      talks.close();
      await().atMost(PATIENCE).until(() -> count("a") == 1);
      assertThat(status("a").idle().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
      assertThat(silent.isAlive()).isTrue();
    }
    await().atMost(PATIENCE).until(() -> count("a") == 0);
    assertThat(proxy.status().orElseThrow().backends()).allMatch(b -> b.idle().isEmpty());
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
