package gantry.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.api.proxy.Backend;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Route;
import gantry.api.proxy.RouteKind;
import gantry.engine.config.Checks;
import gantry.engine.event.RolloutListener;
import gantry.engine.plan.Action;
import gantry.engine.plan.EngineView;
import gantry.engine.plan.Memory;
import gantry.engine.plan.Observation;
import gantry.engine.plan.ProxyView;
import gantry.engine.plugin.Extensions;
import gantry.engine.store.Admission;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.Slot;
import gantry.engine.store.SlotView;
import gantry.engine.store.Turn;
import gantry.engine.store.Versioned;
import gantry.testkit.ManualClock;
import gantry.testkit.container.InMemoryDriver;
import gantry.testkit.container.InMemoryEngine;
import gantry.testkit.container.InMemoryRegistry;
import gantry.testkit.coordination.InMemoryCoordinator;
import gantry.testkit.coordination.InMemoryStore;
import gantry.testkit.proxy.InMemoryProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A machine that was given a slot, and is to switch its traffic. */
class PlanExecutorTest {
  private static final ComponentKey WEB = new ComponentKey("shop", "web");
  private static final Duration TTL = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final InMemoryCoordinator coordinator = new InMemoryStore(clock).connect("a");
  private final InMemoryProxy proxy = new InMemoryProxy(clock);
  private final Sessions sessions = new Sessions(coordinator, clock, TTL);
  private final PlanExecutor executor = new PlanExecutor(site(), WEB, sessions, effect -> {});

  @Test
  void trafficMovesUnderTheSlotThatIsHeld() {
    executor.execute(switchUnder(sessions.lease().session()), seen());
    assertThat(proxy.status().orElseThrow().routesOf("shop/web")).hasSize(1);
  }

  @Test
  void trafficDoesNotMoveWhenTheLeaseEndedSinceItWasPlanned() {
    Action planned = switchUnder(sessions.lease().session());
    coordinator.setPartitioned(true);
    clock.advance(TTL);
    refused(planned);
  }

  @Test
  void trafficDoesNotMoveUnderASessionThatWasOpenedMeanwhile() {
    Action planned = switchUnder(sessions.lease().session());
    coordinator.setPartitioned(true);
    clock.advance(TTL);
    coordinator.setPartitioned(false);
    assertThat(sessions.lease().held()).as("another session").isTrue();
    refused(planned);
  }

  @Test
  void noContainerOfAnUpdateIsStartedWhenTheLeaseEndedSinceItWasPlanned() {
    Observation planned = seen(admitted(sessions.lease().session()));
    Action start = new Action.Start(new ContainerId("c2"), 2, "it was made and not started");
    coordinator.setPartitioned(true);
    clock.advance(TTL);
    refused(start, planned);
    Action before = new Action.Start(new ContainerId("c1"), 1, "it has ended");
    executor.execute(before, planned); // what runs anyway needs no slot
  }

  private void refused(Action planned) {
    refused(planned, seen());
  }

  private void refused(Action planned, Observation o) {
    assertThatThrownBy(() -> executor.execute(planned, o))
        .isInstanceOfSatisfying(
            GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SESSION_LOST));
    assertThat(proxy.isRunning()).as("the proxy was told nothing").isFalse();
  }

  private static Action switchUnder(String session) {
    Slot slot = new Slot("a", 2, session);
    SlotView fence = new SlotView(0, Optional.of(new Versioned<>(slot, 1, 1)), Optional.empty());
    Backend backend = new Backend("c2@1", new Endpoint("10.0.0.2", 80), true);
    Route route = new Route(new Listener("0.0.0.0", 8888), RouteKind.TCP, List.of(backend));
    return new Action.ApplyRoutes(List.of(route), 2, Optional.of(fence), "it is ready");
  }

  private static RolloutSnapshot admitted(String session) {
    Slot slot = new Slot("a", 2, session);
    Admission admission = new Admission("a", 2, ManualClock.START);
    SlotView held =
        new SlotView(
            0,
            Optional.of(new Versioned<>(slot, 1, 1)),
            Optional.of(new Versioned<>(admission, 1, 1)));
    return new RolloutSnapshot(Optional.empty(), Optional.empty(), List.of(held), 0, "");
  }

  private Observation seen() {
    return seen(RolloutSnapshot.EMPTY);
  }

  private Observation seen(RolloutSnapshot rollout) {
    return new Observation(
        clock.monotonicNanos(),
        new Observation.Place(WEB, "a", "0.0.0.0"),
        true,
        rollout,
        MachineRecord.none("a"),
        0,
        Map.of(),
        Turn.NONE,
        Optional.empty(),
        new EngineView.Visible(List.of()),
        new ProxyView.Down(),
        sessions.lease(),
        Memory.EMPTY);
  }

  private Site site() {
    return new Site(
        "a",
        "0.0.0.0",
        Path.of("/unused"),
        clock,
        new InMemoryDriver(new InMemoryEngine("a", new InMemoryRegistry(), clock)),
        proxy,
        coordinator,
        new Checks(new Extensions(Map.of(), Map.of(), Map.of(), Map.of(), Map.of())),
        RolloutListener.NONE,
        Runnable::run);
  }
}
