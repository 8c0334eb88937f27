package gantry.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.plan.Lease;
import gantry.engine.store.Slot;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import gantry.testkit.ManualClock;
import gantry.testkit.coordination.InMemoryCoordinator;
import gantry.testkit.coordination.InMemoryStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Duration TTL = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final InMemoryCoordinator coordinator = new InMemoryStore(clock).connect("a");
  private final Sessions sessions = new Sessions(coordinator, clock, TTL);

  @Test
  void aLeaseThatIsRenewedIsHeld() {
    Lease lease = sessions.lease();
    clock.advance(Duration.ofMinutes(5));
    assertThat(sessions.lease()).isEqualTo(lease).isEqualTo(new Lease(lease.session(), true));
  }

  @Test
  void aLeaseThatIsAboutToEndIsNotHeld() {
    String session = sessions.lease().session();
    coordinator.setPartitioned(true);
    clock.advance(TTL.minus(Sessions.MARGIN).minusNanos(1));
    assertThat(sessions.lease()).isEqualTo(new Lease(session, true));
    clock.advance(Duration.ofNanos(1));
    assertThat(sessions.lease()).isEqualTo(new Lease(session, false));
    assertSlotIsNotHeld(session);
  }

  @Test
  void aLostSessionIsFollowedByAnother() {
    String first = sessions.lease().session();
    coordinator.setPartitioned(true);
    clock.advance(TTL);
    assertThat(sessions.lease()).isEqualTo(Lease.NONE);
    coordinator.setPartitioned(false);
    clock.advance(Duration.ofSeconds(1));
    assertThat(sessions.lease().held()).isTrue();
    assertThat(sessions.lease().session()).isNotEqualTo(first);
  }

  @Test
  void aCoordinatorThatIsAwayIsNotAskedAllTheTime() {
    coordinator.setPartitioned(true);
    long before = coordinator.operations();
    for (int i = 0; i < 100; i++) {
      sessions.lease();
    }
    assertThat(coordinator.operations() - before).isEqualTo(1);
  }

  @Test
  void aSlotIsHeldUnderTheSessionThatTookIt() {
    String session = sessions.lease().session();
    sessions.require(slot(session));
    assertThat(sessions.require().id()).isEqualTo(session);
  }

  @Test
  void aNewSessionDoesNotHoldTheSlotsOfTheOneBefore() {
    String paused = sessions.lease().session();
    coordinator.setPartitioned(true);
    clock.advance(TTL);
    coordinator.setPartitioned(false);
    assertThat(sessions.lease().held()).isTrue();
    assertSlotIsNotHeld(paused);
  }

  @Test
  void aSlotWithoutALeaseIsNotHeld() {
    sessions.lease();
    SlotView silent = new SlotView(0, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> sessions.require(silent)).isInstanceOf(GantryException.class);
  }

  private void assertSlotIsNotHeld(String session) {
    assertThatThrownBy(() -> sessions.require(slot(session)))
        .isInstanceOfSatisfying(
            GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SESSION_LOST));
  }

  private static SlotView slot(String session) {
    Slot slot = new Slot("a", 2, session);
    return new SlotView(0, Optional.of(new Versioned<>(slot, 1, 1)), Optional.empty());
  }
}
