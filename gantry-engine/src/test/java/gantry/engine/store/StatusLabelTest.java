package gantry.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revision 2 is desired. */
class StatusLabelTest {
  @ParameterizedTest
  @CsvSource({
    "READY,   none,   none,       ready",
    "READY,   held,   none,       updating",
    "READY,   silent, none,       updating",
    "READY,   none,   UPDATEFAIL, updatefail",
    "READY,   none,   PULLFAIL,   pullfail",
    "READY,   silent, UPDATEFAIL, updatefail",
    "READY,   held,   UPDATEFAIL, updating",
    "STOPPED, none,   none,       stopped",
    "STOPPED, held,   none,       stopped",
    "STOPPED, none,   UPDATEFAIL, stopped",
    "KILLED,  none,   none,       killed",
    "KILLED,  held,   PULLFAIL,   killed",
  })
  void oneWordSaysHowItStands(DesiredStatus status, String slot, String alert, String label) {
    assertThat(snapshot(status, slot, alert, 2).statusLabel()).isEqualTo(label);
  }

  @Test
  void anAlertAboutAnOlderRevisionDoesNotCount() {
    assertThat(snapshot(DesiredStatus.READY, "none", "PULLFAIL", 1).statusLabel())
        .isEqualTo("ready");
  }

  @Test
  void whatWasNeverUpdatedIsNew() {
    assertThat(RolloutSnapshot.EMPTY.statusLabel()).isEqualTo("new");
  }

  @Test
  void aPauseAndACanaryAreTold() {
    assertThat(snapshot(desired(List.of(), true)).statusLabel()).isEqualTo("paused");
    assertThat(snapshot(desired(List.of("a"), false)).statusLabel()).isEqualTo("canary");
  }

  private static Desired desired(List<String> machines, boolean paused) {
    return new Desired(2, DesiredStatus.READY, "ann", Stored.TIME, machines, paused);
  }

  private static RolloutSnapshot snapshot(Desired desired) {
    Versioned<Desired> stored = new Versioned<>(desired, 1, 1);
    return new RolloutSnapshot(Optional.of(stored), Optional.empty(), List.of(), 1, "");
  }

  private static RolloutSnapshot snapshot(
      DesiredStatus status, String slot, String alert, long alertRevision) {
    Versioned<Desired> desired = new Versioned<>(new Desired(2, status, "ann", Stored.TIME), 1, 1);
    Versioned<Admission> admission = new Versioned<>(new Admission("a", 2, Stored.TIME), 1, 1);
    Optional<Versioned<Slot>> held = Optional.of(new Versioned<>(new Slot("a", 2, "s"), 1, 1));
    List<SlotView> slots =
        switch (slot) {
          case "held" -> List.of(new SlotView(0, held, Optional.of(admission)));
          case "silent" -> List.of(new SlotView(0, Optional.empty(), Optional.of(admission)));
          default -> List.of();
        };
    Optional<Versioned<Alert>> standing =
        alert.equals("none")
            ? Optional.empty()
            : Optional.of(new Versioned<>(alert(alert, alertRevision), 1, 1));
    return new RolloutSnapshot(Optional.of(desired), standing, slots, 1, "");
  }

  private static Alert alert(String kind, long revision) {
    return new Alert(revision, AlertKind.valueOf(kind), "a", "why", List.of(), Stored.TIME);
  }
}
