package gantry.engine.plan;

import gantry.api.container.ContainerId;
import gantry.api.proxy.Route;
import gantry.engine.spec.OnFailure;
import gantry.engine.store.AlertKind;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import java.util.List;
import java.util.Optional;

/**
 * Takes a new revision while this machine holds a slot: bring its container up, switch the proxy,
 * watch it for a while, say so. Example with revision 7 after 6: pull 7, create, start, check; the
 * proxy leads to 7 only; 6 drains; the record says 7 and the slot is free.
 */
final class Takeover {
  private static final String NO_PORTS = "its ports cannot be reached yet";

  private final Observation o;
  private final Draft draft;
  private final SlotView slot;
  private final Revision revision;
  private final Deadline deadline;

  Takeover(Observation o, Draft draft, SlotView slot, Revision revision) {
    this.o = o;
    this.draft = draft;
    this.slot = slot;
    this.revision = revision;
    this.deadline = new Deadline(o, draft, slot, revision);
  }

  void advance() {
    draft.busy();
    Optional<String> switchedBack = switchedBack();
    if (switchedBack.isPresent()) {
      giveUp(new BringUp.Progress.Broken(AlertKind.UPDATEFAIL, Phase.WATCHING, switchedBack.get()));
      return;
    }
    // What runs out of time decides nothing more: it is looked at aside first.
    Draft aside = draft.aside();
    switch (BringUp.under(slot, o, aside, revision).advance()) {
      case BringUp.Progress.Ready ready -> switchTraffic();
      case BringUp.Progress.Underway underway ->
          deadline.passed(aside.report()).ifPresentOrElse(this::giveUp, () -> draft.take(aside));
      case BringUp.Progress.Broken broken -> giveUp(broken);
    }
  }

  private void switchTraffic() {
    ContainerView container = o.container(revision.number()).orElseThrow();
    Optional<List<Route>> routes = Routing.to(o, revision, container);
    boolean portless = revision.spec().ports().isEmpty();
    if (portless || routes.filter(r -> Routing.inForce(o.proxy(), r)).isPresent()) {
      watch(container);
      return;
    }
    deadline
        .passed(Step.Stage.SWITCHING, routes.isEmpty() ? NO_PORTS : "")
        .ifPresentOrElse(this::giveUp, () -> switchTo(routes));
  }

  private void switchTo(Optional<List<Route>> routes) {
    if (routes.isEmpty()) {
      draft.say(Phase.STARTING, NO_PORTS);
    } else {
      draft.say(Phase.CHECKING, "");
      draft.act(
          new Action.ApplyRoutes(
              routes.get(), revision.number(), Optional.of(slot), "it passed its ready checks"));
    }
  }

  private void watch(ContainerView container) {
    switch (new Watch(o, draft, revision).of(container)) {
      case BringUp.Progress.Ready ready -> {
        draft.say(Phase.READY, "");
        draft.act(new Action.FinishUpdate(slot, revision.number(), "it serves"));
      }
      case BringUp.Progress.Underway underway -> {}
      case BringUp.Progress.Broken broken -> giveUp(broken);
    }
  }

  /**
   * Why traffic has gone back already, as the record says: the new container may run, and would be
   * switched to again. What was written before this admission is about another attempt.
   */
  private Optional<String> switchedBack() {
    MachineRecord record = o.record();
    boolean watched =
        record.phase() == Phase.WATCHING
            && !record.reason().isEmpty()
            && o.recordRevision() > slot.admission().orElseThrow().createRevision();
    long content = o.content(revision.number());
    boolean otherServes =
        o.containers().stream().anyMatch(c -> o.active(c) && c.revision() != content);
    return watched && otherServes ? Optional.of(record.reason()) : Optional.empty();
  }

  /** Back to what served before, if traffic had moved already; then the word that it failed. */
  private void giveUp(BringUp.Progress.Broken broken) {
    if (routedBack()) {
      draft.say(Phase.FAILED, broken.reason());
      fail(broken);
    } else {
      draft.say(broken.phase(), broken.reason());
    }
  }

  private boolean routedBack() {
    Optional<List<Route>> back = wayBack();
    List<Route> routes = back.orElse(List.of());
    if (Routing.inForce(o.proxy(), routes) || (back.isEmpty() && !leadsNowhere())) {
      return true;
    }
    long revision = back.isPresent() ? o.record().revision() : 0;
    draft.act(
        new Action.ApplyRoutes(routes, revision, Optional.of(slot), "the new container failed"));
    return false;
  }

  private Optional<List<Route>> wayBack() {
    Optional<Revision> before = o.revision(o.record().revision());
    return before
        .flatMap(r -> o.container(r.number()))
        .filter(old -> stays(old) && everServed(old))
        .flatMap(old -> Routing.to(o, before.orElseThrow(), old))
        .filter(routes -> !routes.isEmpty());
  }

  /** Routes to what has ended: its address may become another container's. */
  private boolean leadsNowhere() {
    return o.proxy() instanceof ProxyView.Up up
        && up.routes().stream().anyMatch(route -> !route.backends().isEmpty())
        && o.containers().stream().noneMatch(o::active);
  }

  private boolean stays(ContainerView container) {
    return container.status().isRunning() && !o.memory().stopping().contains(container.id());
  }

  /** It had passed its checks in this life: it was routed to, or was checked by this process. */
  private boolean everServed(ContainerView container) {
    Probe probe = o.memory().probes().get(container.life());
    return o.memory().activeSinceNanos().containsKey(container.life())
        || (probe != null && probe.passed());
  }

  private void fail(BringUp.Progress.Broken broken) {
    Optional<ContainerId> container = o.container(revision.number()).map(ContainerView::id);
    draft.act(
        new Action.FailUpdate(
            slot,
            revision.number(),
            broken.kind(),
            broken.phase(),
            container,
            rollback(),
            broken.reason()));
  }

  /** What this machine served before; never for a rollback, which would go round in circles. */
  private Optional<Revision> rollback() {
    boolean wanted = revision.spec().update().onFailure() == OnFailure.ROLLBACK;
    return wanted && !revision.isRollback() ? o.revision(o.record().revision()) : Optional.empty();
  }
}
