package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import gantry.cli.support.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators are shown before, during and after an update. */
@ExtendWith(Servers.Shared.class)
class StatusIT {
  @Test
  void aPlanSaysWhatAnUpdateWouldDoAndChangesNothing(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b");
        WebConnection held = WebConnection.hold(fleet.agent("a").web())) {
      assertThat(held.version("/held")).isEqualTo("v1");
      fleet.web().release("v2");
      int writes = fleet.history("rollout/").size();
      Eventually.passes(
          "the machine has told of its connection",
          () ->
              assertThat(fleet.gantryd("plan", "shop", "-c", "web").outOrFail())
                  .contains("against revision 1:", "image.digest: sha256:")
                  .containsPattern("a +1 +1 connection, the oldest \\d+ \\w+ +pull, start, check")
                  .containsPattern("b +1 +- +pull, start, check http, switch to revision 2"));
      assertThat(fleet.gantryd("update", "shop", "-c", "web", "--dry-run").outOrFail())
          .endsWith("Nothing was changed.\n");
      assertThat(fleet.history("rollout/")).hasSize(writes);
    }
  }

  @Test
  void aTerminalIsDrawnOnInPlaceAndGetsItsCursorBack(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b");
        Distribution.Running watch = fleet.startOnTerminal("status", "shop", "--watch")) {
      Eventually.holds("it draws", () -> watch.outSoFar().contains("web: ready, revision 1"));
      fleet.web().release("v2");
      Answer update = fleet.startOnTerminal("update", "shop", "-c", "web", "--wait").await();
      assertThat(update.exitCode()).isZero();
      assertThat(update.out()).contains("\u001b[?25l", "\u001b[3A").endsWith("\u001b[?25h");
      Eventually.holds(
          "it draws the end", () -> watch.outSoFar().contains("web: ready, revision 2"));
      watch.interrupt();
      Eventually.holds("its cursor is back", () -> watch.outSoFar().endsWith("\u001b[?25h"));
      assertThat(watch.outSoFar().split("\r?\n|\u001b\\[\\d*[A-Za-z]|\u001b\\[\\?25[lh]"))
          .allMatch(line -> line.strip().length() <= 60);
    }
  }

  @Test
  void theStatusOfAFailedUpdateIsItsReport(Servers servers) {
    try (Fleet fleet = new Fleet(servers).running("a", "b")) {
      fleet.web().releaseExiting();
      Answer update = fleet.updateFirstOn("a", "--wait").await();
      assertThat(update.exitCode()).isEqualTo(5);
      assertThat(fleet.gantryd("status", "shop").outOrFail())
          .contains("web: updatefail, revision 2 (", "on 0 of 2 machines")
          .contains("failed on machine 'a' while starting: container ")
          .endsWith(update.err());
    }
  }
}
