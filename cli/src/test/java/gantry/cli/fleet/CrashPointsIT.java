package gantry.cli.fleet;

import static gantry.engine.exec.CrashPoint.CHECKED;
import static gantry.engine.exec.CrashPoint.CHECK_BEGUN;
import static gantry.engine.exec.CrashPoint.CREATED;
import static gantry.engine.exec.CrashPoint.PULLED;
import static gantry.engine.exec.CrashPoint.PULL_BEGUN;
import static gantry.engine.exec.CrashPoint.RECORD_WRITTEN;
import static gantry.engine.exec.CrashPoint.REMOVED;
import static gantry.engine.exec.CrashPoint.ROUTES_APPLIED;
import static gantry.engine.exec.CrashPoint.SLOT_ACQUIRED;
import static gantry.engine.exec.CrashPoint.SLOT_RECLAIMED;
import static gantry.engine.exec.CrashPoint.STARTED;
import static gantry.engine.exec.CrashPoint.STOPPED;
import static gantry.engine.exec.CrashPoint.STOP_BEGUN;
import static gantry.engine.exec.CrashPoint.UPDATE_FINISHED;

import gantry.cli.support.Servers;
import gantry.engine.exec.CrashPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Agents that halt at a point on three machines under traffic: in a rollout, each of them once at
 * the same point, and where a rollout does not come by. {@code -Dgantry.crash.matrix=true} goes
 * through every point.
 */
@ExtendWith(Servers.Shared.class)
class CrashPointsIT {
  private static final int LEASE_SECONDS = 3;

  /** A machine that is back must not hold up the others for longer. */
  private static final Duration LIMIT = Duration.ofSeconds(LEASE_SECONDS + 15);

  /** One point after each kind of effect: coordinator, engine, proxy. */
  private static final List<List<CrashPoint>> FEW =
      List.of(List.of(SLOT_ACQUIRED), List.of(CREATED, SLOT_RECLAIMED), List.of(ROUTES_APPLIED));

  private static final List<List<CrashPoint>> ALL =
      List.of(
          List.of(SLOT_ACQUIRED),
          List.of(PULL_BEGUN),
          List.of(PULLED),
          List.of(CREATED),
          List.of(STARTED),
          List.of(CHECK_BEGUN),
          List.of(CHECKED),
          List.of(ROUTES_APPLIED),
          List.of(UPDATE_FINISHED),
          List.of(STOP_BEGUN),
          List.of(STOPPED),
          List.of(REMOVED),
          List.of(RECORD_WRITTEN),
          List.of(CREATED, SLOT_RECLAIMED),
          List.of(SLOT_ACQUIRED, PULLED, STARTED, ROUTES_APPLIED, UPDATE_FINISHED, REMOVED));

  private static final boolean MATRIX = Boolean.getBoolean("gantry.crash.matrix");

  @Test
  void aRolloutGoesOnFromWhereverItsAgentsHaltAndNobodyNotices(Servers servers) {
    int version = 1;
    try (Fleet fleet = new Fleet(servers).withLease(LEASE_SECONDS).running("a", "b", "c")) {
      for (List<CrashPoint> points : MATRIX ? ALL : FEW) {
        CrashRound round = new CrashRound(servers, fleet, points, LIMIT);
        System.out.println(round.run("v" + version, "v" + (version + 1)));
        version++;
      }
    }
  }

  @Test
  void whatAnOrdinaryRolloutDoesNotComeByEndsWellToo(Servers servers) {
    try (Fleet fleet = new Fleet(servers).withLease(LEASE_SECONDS).running("a", "b", "c")) {
      CrashStage stage = new CrashStage(servers, fleet, LIMIT);
      CrashScenes scenes = new CrashScenes(stage);
      CrashedUpdates updates = new CrashedUpdates(stage);
      System.out.println(scenes.whatServesIsFoundAgain());
      System.out.println(updates.aBadImageIsToldOnce());
      if (MATRIX) {
        System.out.println(updates.aLostMachineIsToldOnce());
        System.out.println(scenes.whatDrainsServesAgainAndWhatServedIsCut());
        System.out.println(updates.anUpdateThatIsTakenBackLeavesNothing());
        System.out.println(scenes.whatIsToBeKilledIsKilled());
      }
    }
  }
}
