package gantry.cli.fleet;

import static gantry.engine.exec.CrashPoint.LOST_REPORTED;
import static gantry.engine.exec.CrashPoint.SLOT_LEFT;
import static gantry.engine.exec.CrashPoint.UPDATE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import java.util.List;

/**
 * Halts in updates that come to nothing, on the machines a, b and c. Each scene answers what came
 * out.
 */
final class CrashedUpdates {
  /** A container of an update that is taken back is still not ready by then. */
  private static final int SLOW_SECONDS = 6;

  private final CrashStage stage;
  private final Fleet fleet;

  CrashedUpdates(CrashStage stage) {
    this.stage = stage;
    this.fleet = stage.fleet();
  }

  /** The first machine that takes a bad image halts when it has said so. */
  String aBadImageIsToldOnce() {
    String version = stage.serving();
    List<String> before = fleet.containers();
    CrashScene.arm(fleet, UPDATE_FAILED, "a", "b", "c");
    fleet.web().releaseExiting();
    try (CrashScene scene = stage.begin("a", "b", "c")) {
      fleet.gantryd("update", "shop", "-c", "web").outOrFail();
      String failed = scene.firstToHalt(UPDATE_FAILED, "a", "b", "c");
      scene.start(failed);
      Eventually.holds("the failed one is gone", () -> fleet.containers().size() == 3);
      scene.wentOn();
      assertThat(fleet.containers()).containsExactlyInAnyOrderElementsOf(before);
      assertThat(fleet.status()).isEqualTo("updatefail");
      assertThat(scene.alerts()).isEqualTo(1);
      assertThat(scene.count("create", failed)).isEqualTo(1);
      assertThat(scene.count("start", failed)).isEqualTo(1);
      assertThat(scene.count("destroy", failed)).isEqualTo(1);
      scene.assertUntouched(othersThan(failed));
      assertThat(fleet.versions()).containsOnly(version);
      return scene.end(UPDATE_FAILED);
    }
  }

  /** A release is taken back while the first machine brings its container up. */
  String anUpdateThatIsTakenBackLeavesNothing() {
    String version = stage.serving();
    List<String> before = fleet.containers();
    CrashScene.arm(fleet, SLOT_LEFT, "a");
    fleet.web().releaseSlow("slow", SLOW_SECONDS);
    try (CrashScene scene = stage.begin("a", "b", "c")) {
      fleet.updateFirstOn("a").await().outOrFail();
      Eventually.holds("its container is made", () -> scene.count("create", "a") == 1);
      scene.wentOn();
      fleet.gantryd("rollback", "shop", "-c", "web").outOrFail();
      scene.revive(SLOT_LEFT, "a");
      fleet.awaitVersion(version, 3);
      assertThat(fleet.containers()).containsExactlyInAnyOrderElementsOf(before);
      assertThat(scene.count("create", "a")).isEqualTo(1);
      assertThat(scene.count("destroy", "a")).isEqualTo(1);
      scene.assertUntouched("b", "c");
      assertThat(scene.alerts()).isZero();
      return scene.end(SLOT_LEFT);
    }
  }

  /** The machine that updates dies for good, and so does, for a while, the one that says so. */
  String aLostMachineIsToldOnce() {
    String from = stage.serving();
    CrashScene.arm(fleet, LOST_REPORTED, "b", "c");
    fleet.web().releaseSlow("lost", SLOW_SECONDS / 2);
    try (CrashScene scene = stage.begin("a", "b", "c")) {
      Distribution.Running update = fleet.updateFirstOn("a");
      fleet.agent("a").kill();
      update.await().outOrFail();
      scene.wentOn();
      String told = scene.firstToHalt(LOST_REPORTED, "b", "c");
      scene.start(told);
      assertThat(fleet.status()).isEqualTo("updatefail");
      scene.assertUntouched("b", "c");
      assertThat(scene.alerts()).isEqualTo(1);
      fleet.gantryd("retry", "shop", "-c", "web").outOrFail();
      scene.wentOn();
      for (String machine : List.of("b", "c")) {
        Eventually.holds("it goes on", () -> fleet.agent(machine).serves("lost"));
        scene.wentOn();
      }
      scene.start("a");
      fleet.awaitVersion("lost", 3);
      Eventually.holds("every client has seen both", () -> scene.allSaw(from, "lost"));
      assertThat(scene.alerts()).isEqualTo(1);
      return scene.end(LOST_REPORTED);
    }
  }

  private static String[] othersThan(String machine) {
    return List.of("a", "b", "c").stream().filter(m -> !m.equals(machine)).toArray(String[]::new);
  }
}
