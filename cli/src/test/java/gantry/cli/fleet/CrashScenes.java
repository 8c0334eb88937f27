package gantry.cli.fleet;

import static gantry.engine.exec.CrashPoint.ADOPTED;
import static gantry.engine.exec.CrashPoint.CUT_SETTLED;
import static gantry.engine.exec.CrashPoint.KILLED;
import static gantry.engine.exec.CrashPoint.KILL_BEGUN;
import static gantry.engine.exec.CrashPoint.PROVEN_ADMITTED;
import static gantry.engine.exec.CrashPoint.PROXY_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import java.util.List;

/**
 * Halts outside of updates, on the machines a, b and c: while they look after what serves, take a
 * release back, end drains or containers. Each scene answers what came out.
 */
final class CrashScenes {
  private static final String RUNS_FIRST = "\"revision\":1,\"previous\":0,\"phase\":\"ready\"";

  private final CrashStage stage;
  private final Fleet fleet;

  CrashScenes(CrashStage stage) {
    this.stage = stage;
    this.fleet = stage.fleet();
  }

  /** One machine has lost its record, another one its proxy; revision 1 is the only one so far. */
  String whatServesIsFoundAgain() {
    String version = stage.serving();
    List<String> before = fleet.containers();
    CrashScene.arm(fleet, PROXY_STARTED, "b");
    try (CrashScene scene = stage.begin("a", "c")) {
      fleet.agent("a").stop();
      fleet.forgetRecord("a");
      fleet.agent("b").proxy().destroyForcibly();
      scene.startToHaltAt(ADOPTED, "a");
      scene.revive(ADOPTED, "a");
      scene.revive(PROXY_STARTED, "b");
      fleet.awaitVersion(version, 3);
      Eventually.holds("a's record is back", () -> fleet.record("a").contains(RUNS_FIRST));
      assertThat(fleet.agent("b").proxies()).hasSize(1);
      assertThat(fleet.containers()).containsExactlyInAnyOrderElementsOf(before);
      scene.assertUntouched("a", "b", "c");
      return scene.end(ADOPTED, PROXY_STARTED);
    }
  }

  /** A release is taken back while the containers before it drain, then its own drains are cut. */
  String whatDrainsServesAgainAndWhatServedIsCut() {
    String version = stage.serving();
    CrashScene.arm(fleet, PROVEN_ADMITTED, "a", "b", "c");
    List<String> before = fleet.containers();
    List<WebConnection> old = holdAll();
    releaseToAll("taken-back");
    List<WebConnection> taken = holdAll();
    try (CrashScene scene = stage.begin("a", "b", "c")) {
      fleet.gantryd("rollback", "shop", "-c", "web").outOrFail();
      scene.revive(PROVEN_ADMITTED, CUT_SETTLED, "a", "b", "c");
      Eventually.holds("traffic is back", () -> scene.allSaw("taken-back", version));
      scene.wentOn();
      assertThat(fleet.containers()).hasSize(6);
      Distribution.Running cut = fleet.start("drain", "shop", "-c", "web", "--now");
      scene.revive(CUT_SETTLED, "a", "b", "c");
      cut.await().outOrFail();
      assertThat(taken).allMatch(WebConnection::isCut);
      assertThat(old).allMatch(held -> held.version("/after").equals(version));
      fleet.awaitVersion(version, 3);
      assertThat(fleet.containers()).containsExactlyInAnyOrderElementsOf(before);
      assertThat(fleet.history("cuts/")).hasSize(6);
      List.of("a", "b", "c").forEach(machine -> assertNoneMade(scene, machine, 1));
      return scene.end(PROVEN_ADMITTED, CUT_SETTLED);
    } finally {
      taken.forEach(WebConnection::close);
      old.forEach(WebConnection::close);
    }
  }

  private List<WebConnection> holdAll() {
    List<WebConnection> held = fleet.addresses().stream().map(WebConnection::hold).toList();
    held.forEach(connection -> connection.version("/before"));
    return held;
  }

  private void releaseToAll(String to) {
    fleet.web().release(to);
    fleet.gantryd("update", "shop", "-c", "web", "--wait").outOrFail();
  }

  private static void assertNoneMade(CrashScene scene, String machine, int removed) {
    assertThat(scene.count("create", machine)).as("made on %s", machine).isZero();
    assertThat(scene.count("start", machine)).as("started on %s", machine).isZero();
    assertThat(scene.count("destroy", machine)).as("removed on %s", machine).isEqualTo(removed);
  }

  /** Nobody is served after it; then a revision is wanted again. */
  String whatIsToBeKilledIsKilled() {
    CrashScene.arm(fleet, KILL_BEGUN, "a");
    CrashScene.arm(fleet, KILLED, "b");
    try (CrashScene scene = stage.begin()) {
      fleet.gantryd("kill", "shop", "-c", "web").outOrFail();
      scene.revive(KILL_BEGUN, "a");
      scene.revive(KILLED, "b");
      Eventually.holds("all containers are gone", () -> fleet.containers().isEmpty());
      scene.wentOn();
      assertThat(fleet.status()).isEqualTo("killed");
      assertThat(fleet.addresses()).noneMatch(WebConnection::isAccepted);
      for (String machine : List.of("a", "b", "c")) {
        assertThat(scene.count("die", machine)).as("ended on %s", machine).isEqualTo(1);
        assertNoneMade(scene, machine, 1);
      }
      fleet.web().release("after-kill");
      fleet.gantryd("update", "shop", "-c", "web").outOrFail();
      fleet.awaitVersion("after-kill", 3);
      return scene.end(KILL_BEGUN, KILLED);
    }
  }
}
