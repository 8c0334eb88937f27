package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.container.Image;
import gantry.cli.golden.Golden;
import gantry.engine.RolloutStatus;
import gantry.engine.RolloutStatus.MachineStatus;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.Alert;
import gantry.engine.store.AlertKind;
import gantry.engine.store.Drain;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Phase;
import gantry.engine.store.Presence;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A picture of rollouts as lines, and lines as what a terminal is sent. */
class RolloutDrawingTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void eachMachineSaysWhatItDoesAndWaitsFor() {
    assertGolden("rollout", TerminalSize.UNLIMITED, rollout(Optional.empty()));
  }

  @Test
  void longLinesAreCutAtTheMargin() {
    assertGolden("narrow", new TerminalSize(24, 50), rollout(Optional.of(alert())));
  }

  @Test
  void machinesThatAreThroughAreCountedWhereThereIsNoRoom() {
    List<MachineStatus> machines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Phase phase = i == 20 ? Phase.CHECKING : i < 20 ? Phase.READY : Phase.WAITING;
      machines.add(machine("m%02d".formatted(i), i < 20 ? 7 : 6, phase, "", List.of()));
    }
    RolloutStatus many =
        new RolloutStatus(
            "web", "updating", Optional.of(revision()), machines, Optional.of(alert()));
    List<String> lines = new RolloutDrawing(new TerminalSize(8, 80)).lines(List.of(many));
    assertThat(lines).hasSizeLessThanOrEqualTo(8).anyMatch(line -> line.contains("m20"));
    assertGolden("many", new TerminalSize(8, 80), many);
  }

  @Test
  void aComponentThatWasNeverUpdatedIsNew() {
    RolloutStatus unknown =
        new RolloutStatus("db", "new", Optional.empty(), List.of(), Optional.empty());
    assertThat(new RolloutDrawing(TerminalSize.UNLIMITED).lines(List.of(unknown)))
        .containsExactly("db: new");
  }

  @Test
  void aReasonCannotMoveTheCursor() {
    MachineStatus machine = machine("a", 6, Phase.CHECKING, "\u001b[2Jgone\r\n", List.of());
    RolloutStatus status =
        new RolloutStatus(
            "web", "updating", Optional.of(revision()), List.of(machine), Optional.empty());
    assertThat(new RolloutDrawing(TerminalSize.UNLIMITED).lines(List.of(status)))
        .noneMatch(line -> line.contains("\u001b") || line.contains("\n"));
  }

  @Test
  void aDrawingGoesOverTheOneBefore() {
    assertThat(LiveScreen.change(0, List.of("a"))).isEqualTo("\ra\u001b[K\n\u001b[J");
    assertThat(LiveScreen.change(2, List.of("a"))).isEqualTo("\u001b[2A\ra\u001b[K\n\u001b[J");
  }

  @Test
  void aTerminalThatDoesNotKnowItsSizeHasTheUsualOne() {
    assertThat(TerminalSize.parse("50 132\n")).isEqualTo(new TerminalSize(50, 132));
    assertThat(TerminalSize.parse("0 0\n")).isEqualTo(new TerminalSize(24, 80));
    assertThat(TerminalSize.parse("")).isEqualTo(new TerminalSize(24, 80));
  }

  private static void assertGolden(String name, TerminalSize size, RolloutStatus status) {
    String seen = String.join("\n", new RolloutDrawing(size).lines(List.of(status))) + "\n";
    Golden.assertSame("drawing/" + name, seen);
  }

  private static RolloutStatus rollout(Optional<Alert> alert) {
    Drain drain = new Drain("4ae76210a4fe", 6, 3, 4 * 3600, 0, 0);
    MachineRecord away =
        new MachineRecord("e", 6, 5, Phase.PULLING, "10% of 31 MB", List.of(), TIME);
    List<MachineStatus> machines =
        List.of(
            machine("a", 7, Phase.READY, "", List.of(drain)),
            machine("b", 6, Phase.PULLING, "42% of 31 MB", List.of()),
            machine(
                "c", 6, Phase.CHECKING, "http check: HTTP 503 from http://10.0.0.3/", List.of()),
            machine("long-name", 6, Phase.WAITING, "for a slot", List.of()),
            new MachineStatus(away, Optional.empty()),
            machine("f", 0, Phase.IDLE, "", List.of()));
    return new RolloutStatus("web", "updating", Optional.of(revision()), machines, alert);
  }

  private static MachineStatus machine(
      String name, long revision, Phase phase, String reason, List<Drain> drains) {
    Presence presence = new Presence(name, List.of("web"), "host", "/state", "1", TIME);
    MachineRecord record = new MachineRecord(name, revision, 0, phase, reason, drains, TIME);
    return new MachineStatus(record, Optional.of(presence));
  }

  private static Alert alert() {
    return new Alert(
        7,
        AlertKind.UPDATEFAIL,
        "c",
        Optional.of(Phase.CHECKING),
        "http check: HTTP 503",
        List.of(),
        TIME);
  }

  private static Revision revision() {
    ComponentSpec spec =
        new ComponentSpec(
            "web",
            "shop/web",
            "latest",
            List.of(),
            List.of(),
            List.of(new CheckSpec("http", Duration.ofSeconds(1), Map.of())),
            Duration.ofSeconds(10),
            Map.of(),
            UpdateSpec.DEFAULT);
    Image image = new Image("shop/web", "latest", "sha256:4ae76210a4fe", Optional.empty());
    return new Revision(7, spec, image, "ann@ops", TIME);
  }
}
