package gantry.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Listener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a proxy tells of backends that drain. */
abstract class DrainContract extends ConnectFailuresContract {
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
}
