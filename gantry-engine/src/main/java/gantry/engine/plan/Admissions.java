package gantry.engine.plan;

import gantry.api.container.ContainerState;
import gantry.engine.store.Alert;
import gantry.engine.store.Desired;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who may take the desired revision, and when. */
final class Admissions {
  /**
   * How long a machine may be without its slot's lease before others call it lost: time enough for
   * an agent that is restarted to take its slot again.
   */
  static final Duration LOST_AFTER = Duration.ofSeconds(10);

  /** A free slot that the first in the queue has not taken for so long is anybody's. */
  static final Duration OVERDUE = Duration.ofSeconds(15);

  /** A lease comes back without a hint: whoever waits for it looks again this soon. */
  static final Duration LEASE_LOOK = Duration.ofSeconds(1);

  static final String NO_COORDINATOR = "the coordinator does not answer";

  private final Observation o;
  private final Draft draft;

  Admissions(Observation o, Draft draft) {
    this.o = o;
    this.draft = draft;
  }

  /** Raises the alert for machines that went silent. */
  void reportLost() {
    if (!o.connected() || o.rollout().alert().isPresent()) {
      return;
    }
    o.rollout().slots().stream()
        .filter(SlotView::silent)
        .filter(slot -> !isMine(slot))
        .forEach(this::reportIfOver);
  }

  private void reportIfOver(SlotView slot) {
    long seen = slot.admission().orElseThrow().modRevision();
    long since = o.memory().silentSinceNanos().getOrDefault(seen, o.nowNanos());
    if (o.nowNanos() - since < LOST_AFTER.toNanos()) {
      draft.wakeAt(since + LOST_AFTER.toNanos());
      return;
    }
    String machine = slot.machine().orElseThrow();
    String reason =
        "machine '" + machine + "' was lost while updating to revision " + revision(slot);
    draft.act(new Action.ReportLost(slot, reason));
  }

  private static long revision(SlotView slot) {
    return slot.admission().orElseThrow().value().revision();
  }

  /** Asks for a slot, or says what it waits for. */
  void seek(Desired desired) {
    long number = desired.revision();
    Optional<Revision> revision = o.revision(number);
    Optional<Alert> alert = o.rollout().alertFor(number);
    if (alert.isPresent()) {
      heldBack(alert.get());
    } else if (!desired.covers(o.place().machine())) {
      String word = desired.machines().size() == 1 ? "machine '" : "machines '";
      String machines = word + String.join("', '", desired.machines());
      holdBack("revision " + number + " is for " + machines + "' until it is promoted");
    } else if (desired.paused()) {
      holdBack("the rollout of revision " + number + " is paused");
    } else if (!o.connected() || revision.isEmpty()) {
      draft.say(Phase.WAITING, NO_COORDINATOR);
    } else if (new Warm(o, draft).serves(revision.get())) {
      draft.say(Phase.STARTING, "");
      draft.act(new Action.AdmitProven(number, "the container that it restores is still here"));
      new Warm(o, draft).leadTo(revision.get());
    } else if (startsProven(number)) {
      draft.say(Phase.STARTING, "");
      draft.act(new Action.AdmitProven(number, "revision " + number + " runs elsewhere"));
    } else if (!o.lease().held()) {
      draft.seeking();
      draft.say(Phase.WAITING, "no lease from the coordinator yet");
      draft.wakeAt(o.nowNanos() + LEASE_LOOK.toNanos());
    } else {
      seekSlot(revision.get());
    }
  }

  private void heldBack(Alert alert) {
    if (alert.machine().equals(o.place().machine())) {
      draft.say(Phase.FAILED, alert.reason());
    } else {
      holdBack("revision " + alert.revision() + " failed on machine '" + alert.machine() + "'");
    }
  }

  private void holdBack(String why) {
    Phase phase = o.record().revision() == 0 ? Phase.IDLE : Phase.READY;
    draft.say(phase, "held back: " + why);
  }

  private boolean startsProven(long number) {
    return o.rollout().proven() == number && o.record().revision() == 0 && o.containers().isEmpty();
  }

  private void seekSlot(Revision revision) {
    if (leftover(revision)) {
      draft.say(Phase.WAITING, "an earlier container of revision " + revision.number() + " ends");
      return;
    }
    draft.seeking();
    Optional<Integer> free = free(revision);
    if (free.isPresent() && (o.turn().first() || isOverdue())) {
      String reason = "revision " + revision.number() + " is desired";
      draft.say(Phase.STARTING, "");
      draft.act(new Action.AcquireSlot(free.get(), revision.number(), reason));
    } else if (!o.turn().queued()) {
      draft.say(Phase.WAITING, "");
      draft.act(new Action.Enqueue("revision " + revision.number() + " is desired"));
    } else {
      draft.say(Phase.WAITING, waitsFor());
    }
  }

  private Optional<Integer> free(Revision revision) {
    int limit = revision.spec().update().parallel(o.turn().machines());
    return IntStream.range(0, limit)
        .filter(index -> o.rollout().slots().size() < limit && !isTaken(index))
        .boxed()
        .findFirst();
  }

  /** The queue is a courtesy: when nobody takes a free slot, whoever is before is not at work. */
  private boolean isOverdue() {
    long until = o.memory().slotsSinceNanos() + OVERDUE.toNanos();
    if (o.turn().queued()) {
      draft.wakeAt(until);
    }
    return o.turn().queued() && o.nowNanos() - until >= 0;
  }

  private String waitsFor() {
    return o.turn()
        .ahead()
        .map(machine -> "after machine '" + machine + "'")
        .orElseGet(() -> "for a slot: " + holders());
  }

  /**
   * What an earlier attempt left is ended first, so that a new attempt is a new container. What a
   * rollback finds running is what it wants, and what this machine is to run anyway is no leftover.
   */
  private boolean leftover(Revision revision) {
    boolean fresh = !revision.spec().ports().isEmpty() && !revision.isRollback();
    boolean runs = revision.content() == o.content(o.record().revision());
    boolean left =
        !runs
            && o.container(revision.number())
                .filter(c -> fresh ? !o.active(c) : hasEnded(c))
                .isPresent();
    if (left) {
      new Drains(o, draft).only(revision.number());
    }
    return left;
  }

  /** Without ports nothing says that it serves, so one that goes on is left alone. */
  private boolean hasEnded(ContainerView container) {
    return container.state() == ContainerState.EXITED
        || o.memory().stopping().contains(container.id());
  }

  private boolean isTaken(int index) {
    return o.rollout().slots().stream().anyMatch(slot -> slot.index() == index);
  }

  private String holders() {
    return String.join(
        ", ",
        o.rollout().slots().stream()
            .map(slot -> "machine '" + slot.machine().orElse("?") + "' is updating")
            .toList());
  }

  private boolean isMine(SlotView slot) {
    return slot.machine().filter(o.place().machine()::equals).isPresent();
  }
}
