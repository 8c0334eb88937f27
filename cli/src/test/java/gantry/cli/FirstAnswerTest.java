package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Semaphore told = new Semaphore(0);

  @Test
  void aSlowFirstAnswerIsToldWhileItIsAwaited() {
    Coordinator coordinator = new FirstAnswer(whose(this::toldSoon), Duration.ZERO, told::release);
    assertThat(coordinator.get("/k")).isEmpty();
  }

  @Test
  void onlyTheFirstIsTold() {
    AtomicInteger calls = new AtomicInteger();
    Callable<Boolean> slow =
        () ->
            calls.incrementAndGet() == 1 ? toldSoon() : !told.tryAcquire(50, TimeUnit.MILLISECONDS);
    Coordinator coordinator = new FirstAnswer(whose(slow), Duration.ZERO, told::release);
    assertThat(coordinator.get("/k")).isEmpty();
    assertThat(coordinator.get("/k")).isEmpty();
  }

  @Test
  void aQuickAnswerIsNotTold() {
    Coordinator coordinator = new FirstAnswer(whose(() -> true), LONG, told::release);
    assertThat(coordinator.get("/k")).isEmpty();
    assertThat(told.availablePermits()).isZero();
  }

  private boolean toldSoon() throws InterruptedException {
    return told.tryAcquire(10, TimeUnit.SECONDS);
  }

  /** A coordinator without a key, whose answers wait for something. */
  private static Coordinator whose(Callable<Boolean> answered) {
    return (Coordinator)
        Proxy.newProxyInstance(
            Coordinator.class.getClassLoader(),
            new Class<?>[] {Coordinator.class},
            (proxy, method, arguments) -> {
              assertThat(answered.call()).isTrue();
              return List.of(new Listing(1, List.of()));
            });
  }
}
