package gantry.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class InMemoryEngineTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock();
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final InMemoryEngine engine =
      new InMemoryEngine("a", registry, clock, Runnable::run, clock::advance);
  private final InMemoryDriver driver = new InMemoryDriver(engine);

  @Test
  void whatEndsLaterEndsWhenTheClockGetsThereAndWakes() {
    ContainerId id = start("a", ScriptedImage.serving("one").withExit(MINUTE, 9));
    AtomicInteger wakes = new AtomicInteger();
    driver.watch(Map.of("machine", "a"), wakes::incrementAndGet);

    assertThat(engine.nextEnd()).contains(MINUTE);
    clock.advance(MINUTE.minusNanos(1));
    engine.settle();
    assertThat(wakes).hasValue(0);
    clock.advance(Duration.ofNanos(1));
    engine.settle();

    assertThat(wakes).hasValue(1);
    assertThat(status(id).exitCode()).isEqualTo(OptionalInt.of(9));
    assertThat(engine.nextEnd()).isEmpty();
  }

  @Test
  void isReadyOnlyAfterItsDelay() {
    ContainerId id = start("a", ScriptedImage.serving("one").withReadyAfter(MINUTE));
    Endpoint endpoint = Objects.requireNonNull(status(id).endpoints().get(80));

    assertThat(engine.ask(endpoint)).isEmpty();
    clock.advance(MINUTE);

    assertThat(engine.ask(endpoint)).contains(new InMemoryEngine.Answer(200, "one"));
    driver.kill(id);
    assertThat(engine.ask(endpoint)).isEmpty();
  }

  @Test
  void aSlowPullTakesTimeOrTimesOut() {
    Image image =
        registry.publish("web", "v1", ScriptedImage.serving("one").withPullTaking(MINUTE));
    long before = clock.monotonicNanos();

    assertCode(
        ErrorCode.TIMED_OUT, () -> driver.pull(image, PullListener.NONE, MINUTE.minusSeconds(1)));
    assertThat(clock.since(before)).isEqualTo(MINUTE.minusSeconds(1));
    driver.pull(image, PullListener.NONE, MINUTE);

    assertThat(clock.since(before)).isEqualTo(MINUTE.multipliedBy(2).minusSeconds(1));
  }

  @Test
  void aPullFailsAsScripted() {
    Image image =
        registry.publish(
            "web",
            "v1",
            ScriptedImage.serving("one").withPullFailing(ErrorCode.IMAGE_ACCESS_DENIED));

    assertCode(ErrorCode.IMAGE_ACCESS_DENIED, () -> driver.pull(image, PullListener.NONE, MINUTE));

    registry.setReachable(false);
    assertCode(ErrorCode.REGISTRY_UNREACHABLE, () -> driver.resolve("web", "v1", MINUTE));
  }

  @Test
  void aFailedCallHasNoEffectAndALostAnswerHas() {
    Image image = pulled("web", ScriptedImage.serving("one"));
    ContainerSpec spec = spec("a", image);
    engine.faults().failNext(Operation.CREATE, ErrorCode.ENGINE_REFUSED);

    assertCode(ErrorCode.ENGINE_REFUSED, () -> driver.create(spec));
    assertThat(driver.list(Map.of())).isEmpty();

    engine.faults().loseNextAnswer(Operation.CREATE);
    assertCode(ErrorCode.ENGINE_UNREACHABLE, () -> driver.create(spec));
    assertThat(driver.list(Map.of()))
        .extracting(ContainerStatus::id)
        .containsExactly(driver.create(spec));
  }

  @Test
  void anUnreachableEngineTellsNothingAndItsContainersGoOn() {
    ContainerId id = start("a", ScriptedImage.serving("one"));
    engine.faults().setUnreachable(true);

    assertCode(ErrorCode.ENGINE_UNREACHABLE, () -> driver.list(Map.of()));
    assertCode(ErrorCode.ENGINE_UNREACHABLE, () -> driver.stop(id, MINUTE));

    engine.faults().setUnreachable(false);
    assertThat(status(id).isRunning()).isTrue();
  }

  @Test
  void machinesThatShareAnEngineTellTheirContainersApartByLabels() {
    ContainerId mine = start("a", ScriptedImage.serving("one"));
    ContainerId theirs = start("b", ScriptedImage.serving("one"));

    var other = new InMemoryDriver(engine).list(Map.of("machine", "b"));

    assertThat(other).extracting(ContainerStatus::id).containsExactly(theirs);
    assertThat(mine).isNotEqualTo(theirs);
  }

  @Test
  void aRebootEndsEverythingAndForgetsNothing() {
    ContainerId id = start("a", ScriptedImage.serving("one"));

    engine.reboot();

    assertThat(status(id).state()).isEqualTo(ContainerState.EXITED);
    driver.start(id);
    assertThat(status(id).isRunning()).isTrue();
  }

  @Test
  void theSameCallsGiveTheSameIdsAndTimes() {
    ContainerId first = start("a", ScriptedImage.serving("one"));
    InMemoryEngine again = new InMemoryEngine("a", registry, new TestClock());
    InMemoryDriver twin = new InMemoryDriver(again);
    Image image = registry.resolve("web", "latest");
    twin.pull(image, PullListener.NONE, MINUTE);
    twin.start(twin.create(spec("a", image)));

    assertThat(twin.inspect(first)).contains(status(first));
  }

  private ContainerId start(String machine, ScriptedImage script) {
    ContainerId id = driver.create(spec(machine, pulled("web", script)));
    driver.start(id);
    return id;
  }

  private Image pulled(String repo, ScriptedImage script) {
    Image image = registry.publish(repo, "latest", script);
    driver.pull(image, PullListener.NONE, MINUTE);
    return image;
  }

  private static ContainerSpec spec(String machine, Image image) {
    return new ContainerSpec(
        "web-" + machine, image, List.of(), Map.of(), Map.of("machine", machine), Set.of(80));
  }

  private ContainerStatus status(ContainerId id) {
    return driver.inspect(id).orElseThrow();
  }

  private static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThat(catchThrowableOfType(GantryException.class, call).code()).isEqualTo(code);
  }
}
