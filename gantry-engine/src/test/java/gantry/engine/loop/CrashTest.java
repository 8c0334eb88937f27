package gantry.engine.loop;

import static gantry.testkit.container.ScriptedImage.serving;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.container.Image;
import gantry.engine.store.DesiredStatus;
import gantry.testkit.container.ScriptedImage;
import gantry.testkit.proxy.HeldConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machine a's agent meets one fault, at each of its calls in turn. */
class CrashTest {
  /** More calls than an update makes. */
  private static final int MAX_CALLS = 200;

  @ParameterizedTest
  @EnumSource(Calls.Fault.class)
  void anUpdateGoesOnAfterAFaultAtAnyCall(Calls.Fault fault) {
    everyCall(fault, this::update);
  }

  private Fleet update(Calls calls, int at) {
    Fleet fleet = serving1(at);
    fleet.machine("a").restartInto(calls);
    HeldConnection held = fleet.machine("a").connect();
    fleet.release(serving("v2"));
    fleet.settle();
    assertThat(held.isAlive()).as("the connection from before").isTrue();
    held.close();
    fleet.settle();
    Expect.converged(fleet, 2);
    return fleet;
  }

  @ParameterizedTest
  @EnumSource(Calls.Fault.class)
  void aFirstStartGoesOnAfterAFaultAtAnyCall(Calls.Fault fault) {
    everyCall(
        fault,
        (calls, at) -> {
          Fleet fleet = new Fleet(at, "a", "b", "c");
          fleet.machine("a").restartInto(calls);
          fleet.release(serving("v1"));
          fleet.settle();
          Expect.converged(fleet, 1);
          return fleet;
        });
  }

  @ParameterizedTest
  @EnumSource(Calls.Fault.class)
  void aBadReleaseHurtsNobodyAfterAFaultAtAnyCall(Calls.Fault fault) {
    ScriptedImage bad = serving("v2").withAnswer(503, "no");
    everyCall(
        fault,
        (calls, at) -> {
          Fleet fleet = serving1(at);
          fleet.machine("a").restartInto(calls);
          fleet.release(bad);
          fleet.settle();
          assertThat(fleet.rollout().slots()).isEmpty();
          assertThat(fleet.rollout().alertFor(2)).isPresent();
          fleet.machines.forEach(machine -> Expect.serves(fleet, machine.name, 1));
          return fleet;
        });
  }

  @ParameterizedTest
  @EnumSource(Calls.Fault.class)
  void aRetryIsAnAttemptOfItsOwnAfterAFaultAtAnyCall(Calls.Fault fault) {
    everyCall(
        fault,
        (calls, at) -> {
          Fleet fleet = serving1(at);
          Image image = fleet.release(serving("v2")).image();
          fleet.registry.forget(image);
          fleet.settle();
          assertThat(fleet.rollout().alertFor(2)).isPresent();
          fleet.registry.publish("shop/web", "latest", serving("v2"));
          fleet.machines.forEach(machine -> machine.meet(calls));
          fleet.user.retry(Fleet.WEB);
          fleet.settle();
          Expect.converged(fleet, 2);
          return fleet;
        });
  }

  @ParameterizedTest
  @EnumSource(Calls.Fault.class)
  void aStopGoesOnAfterAFaultAtAnyCall(Calls.Fault fault) {
    everyCall(
        fault,
        (calls, at) -> {
          Fleet fleet = serving1(at);
          fleet.rules.servingMayEnd();
          fleet.machine("a").restartInto(calls);
          fleet.user.setStatus(Fleet.WEB, DesiredStatus.STOPPED, "ann@ops");
          fleet.settle();
          Expect.stopped(fleet);
          return fleet;
        });
  }

  private static Fleet serving1(int seed) {
    Fleet fleet = new Fleet(seed, "a", "b", "c");
    fleet.release(serving("v1"));
    fleet.settle();
    return fleet;
  }

  private interface Story {
    Fleet with(Calls calls, int at);
  }

  /** Tells the story with the fault at call 1, 2 and so on, until there is no such call. */
  private static void everyCall(Calls.Fault fault, Story story) {
    int at = 1;
    while (tellWith(Calls.with(fault, at), at, story)) {
      assertThat(++at).isLessThan(MAX_CALLS);
    }
    assertThat(at).as("calls that were hit").isGreaterThan(1);
  }

  private static boolean tellWith(Calls calls, int at, Story story) {
    try {
      story.with(calls, at);
      return calls.hit();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("fault at call " + at, e);
    }
  }
}
