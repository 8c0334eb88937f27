package gantry.engine.plan;

import gantry.api.container.ContainerId;
import gantry.engine.store.Desired;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what a machine does next for one component. A pure function: the same observation always
 * gives the same plan. Rules, most pressing first:
 *
 * <ol>
 *   <li>What cannot be seen is left alone: no action while the engine or the proxy is mute.
 *   <li>A container that traffic is routed to, or that has a connection, is never stopped, except
 *       by {@code kill}, or past the limits that the component sets its drains.
 *   <li>Traffic moves only to a container that passed its ready checks in its present life, and for
 *       a new revision only while this machine holds a slot.
 * </ol>
 */
public final class RolloutPlanner {
  private final Set<String> cut;

  /** Lets drains take their time. */
  public RolloutPlanner() {
    this(Set.of());
  }

  /**
   * Ends the drains of some containers at once.
   *
   * @param cut which; those among them that do not drain are treated like all others
   */
  public RolloutPlanner(Set<ContainerId> cut) {
    this.cut = cut.stream().map(ContainerId::brief).collect(Collectors.toSet());
  }

  /** The next actions for this observation. */
  public Plan plan(Observation o) {
    Cuts cuts = new Cuts(o);
    Set<String> ended = new HashSet<>(cut);
    ended.addAll(cuts.named());
    Draft draft = new Draft(ended);
    Watch.keepVerdict(o, draft);
    decide(o, draft);
    // Whoever stands in the queue and cannot go keeps everybody behind it waiting.
    if (o.turn().queued() && !draft.staysQueued() && o.connected()) {
      draft.act(new Action.LeaveQueue("it could not take a slot now"));
    }
    cuts.settle(draft);
    return draft.plan(Focus.of(o));
  }

  private static void decide(Observation o, Draft draft) {
    if (o.engine() instanceof EngineView.Unreachable mute) {
      unseen(o, draft, "the container engine does not answer: " + mute.reason());
      return;
    }
    Optional<Desired> desired = o.rollout().desired().map(Versioned::value);
    if (desired.isEmpty()) {
      draft.say(Phase.IDLE, o.connected() ? "it was never updated" : Admissions.NO_COORDINATOR);
      return;
    }
    decide(o, draft, desired.get());
  }

  /** What cannot be seen may be anything: nobody may take it for the end of what they wait for. */
  private static void unseen(Observation o, Draft draft, String reason) {
    draft.say(o.record().phase(), reason);
    draft.busy();
  }

  private static void decide(Observation o, Draft draft, Desired desired) {
    switch (desired.status()) {
      case READY -> ready(o, draft, desired);
      case STOPPED -> stopped(o, draft);
      case KILLED -> new Retirement(o, draft).retire(true);
    }
  }

  private static void stopped(Observation o, Draft draft) {
    if (o.proxy() instanceof ProxyView.Unreachable mute) {
      unseen(o, draft, "the proxy does not answer: " + mute.reason());
    } else {
      new Retirement(o, draft).retire(false);
    }
  }

  private static void ready(Observation o, Draft draft, Desired desired) {
    if (!proxyAnswers(o, draft)) {
      return;
    }
    new Admissions(o, draft).reportLost();
    Set<Long> wanted = new HashSet<>();
    wanted.add(o.record().revision());
    Optional<SlotView> mine = o.rollout().admissionOf(o.place().machine());
    if (o.rollout().alertFor(desired.revision()).isEmpty()
        && (mine.isPresent() || !isDown(o, desired.revision()))) {
      wanted.add(desired.revision());
    }
    if (mine.isPresent()) {
      wanted.add(mine.get().admission().orElseThrow().value().revision());
      admitted(o, draft, mine.get());
    } else if (!adopts(o, draft)) {
      if (desired.revision() != o.record().revision()) {
        new Admissions(o, draft).seek(desired);
      }
      // What it runs from then on is looked after in the next picture.
      if (!draft.admitsProven()) {
        new Steady(o, draft).keep();
      }
    }
    new Warm(o, draft).previous().ifPresent(wanted::add);
    new Drains(o, draft).allBut(wanted);
  }

  /** What a rollback wants is kept for it while it runs, however long the rollback has to wait. */
  private static boolean isDown(Observation o, long revision) {
    return o.container(revision).filter(c -> !c.status().isRunning()).isPresent();
  }

  /**
   * A machine whose first update was given up after the switch serves all the same. What serves is
   * looked after, and is the way back from the next update.
   */
  private static boolean adopts(Observation o, Draft draft) {
    Optional<ContainerView> serving = o.containers().stream().filter(o::active).findFirst();
    if (o.record().revision() != 0 || serving.isEmpty() || !o.connected()) {
      return false;
    }
    long number = serving.get().revision();
    draft.say(Phase.READY, "");
    draft.act(new Action.Adopt(number, "revision " + number + " serves"));
    return true;
  }

  private static void admitted(Observation o, Draft draft, SlotView mine) {
    long number = mine.admission().orElseThrow().value().revision();
    boolean served = o.container(number).filter(o::active).isPresent();
    Optional<Revision> revision = o.revision(number);
    draft.busy();
    if (!o.connected() || !o.lease().held()) {
      draft.say(Phase.WAITING, "no lease from the coordinator");
      draft.wakeAt(o.nowNanos() + Admissions.LEASE_LOOK.toNanos());
    } else if (isOver(o, number)) {
      long runs = served ? number : o.record().revision();
      draft.act(new Action.LeaveSlot(mine, runs, "revision " + number + " is not wanted any more"));
      return;
    } else if (!o.holds(mine)) {
      draft.act(new Action.ReclaimSlot(mine, "this machine was admitted before it restarted"));
      return;
    } else if (revision.isPresent()) {
      new Takeover(o, draft, mine, revision.get()).advance();
    }
    // One change at a time: what the update decided must be seen before the old one is judged.
    if (!served && !draft.acts() && !draft.isReplacing()) {
      new Steady(o, draft).keep();
    }
  }

  /** Something newer is desired, or others have given up on this machine. */
  private static boolean isOver(Observation o, long number) {
    boolean desired = o.rollout().desired().filter(d -> d.value().revision() == number).isPresent();
    return !desired || o.rollout().alertFor(number).isPresent();
  }

  /** It starts with the routes that it kept, which must not lead to what is shutting down. */
  private static void startProxy(Observation o, Draft draft) {
    Optional<ContainerView> ending =
        o.container(o.record().revision()).filter(c -> o.memory().stopping().contains(c.id()));
    if (ending.isPresent()) {
      draft.busy();
      draft.say(Phase.STARTING, "container " + ending.get().id().brief() + " is shutting down");
    } else {
      draft.act(new Action.StartProxy("no proxy runs on this machine"));
    }
  }

  private static boolean proxyAnswers(Observation o, Draft draft) {
    if (!o.needsProxy()) {
      return true;
    }
    return switch (o.proxy()) {
      case ProxyView.Up up -> true;
      case ProxyView.Down down -> {
        startProxy(o, draft);
        yield false;
      }
      case ProxyView.Unreachable mute -> {
        unseen(o, draft, "the proxy does not answer: " + mute.reason());
        yield false;
      }
    };
  }
}
