package gantry.engine.plan;

import gantry.engine.plan.Step.Stage;
import gantry.engine.store.AlertKind;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import java.time.Duration;
import java.util.Optional;

/**
 * How long an update may stand still before traffic has moved. Example with {@code
 * progressDeadline} of 60 s: a pull that has 30 MB at 10 s and 31 MB at 65 s goes on, and fails at
 * 125 s if it has no more by then. The clock stands while this is not asked, and begins anew.
 */
final class Deadline {
  private final Observation o;
  private final Draft draft;
  private final SlotView slot;
  private final Revision revision;

  Deadline(Observation o, Draft draft, SlotView slot, Revision revision) {
    this.o = o;
    this.draft = draft;
    this.slot = slot;
    this.revision = revision;
  }

  /** That it has passed, if so, for an update that would go on with what this report says. */
  Optional<BringUp.Progress.Broken> passed(Report report) {
    return Stage.of(report.phase()).flatMap(stage -> passed(stage, report.reason()));
  }

  /**
   * That it has passed, if so.
   *
   * @param detail what there is to say of the stage; may be empty
   */
  Optional<BringUp.Progress.Broken> passed(Stage stage, String detail) {
    Duration allowed = revision.spec().update().progressDeadline();
    if (allowed.isZero()) {
      return Optional.empty();
    }
    Step step = new Step(slot.admission().orElseThrow().modRevision(), stage, bytes(stage));
    draft.reaches(step);
    long left = since(step) + allowed.toNanos() - o.nowNanos();
    if (left > 0) {
      draft.wakeAt(o.nowNanos() + left);
      return Optional.empty();
    }
    String what = detail.isEmpty() ? stage.label() : stage.label() + " (" + detail + ")";
    String reason = "no progress for " + Texts.duration(allowed) + " while " + what;
    return Optional.of(new BringUp.Progress.Broken(AlertKind.UPDATEFAIL, stage.phase(), reason));
  }

  private long bytes(Stage stage) {
    return stage == Stage.PULLING
            && o.memory().pulls().get(revision.number()) instanceof PullState.Running running
        ? running.doneBytes()
        : 0;
  }

  private long since(Step step) {
    return o.memory()
        .milestone()
        .filter(seen -> !step.isBeyond(seen.step()))
        .map(Milestone::sinceNanos)
        .orElse(o.nowNanos());
  }
}
