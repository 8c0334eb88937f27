package gantry.engine.plan;

import gantry.api.proxy.Route;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import java.util.List;
import java.util.Optional;

/** Keeps the revision running that this machine runs already. */
final class Steady {
  private final Observation o;
  private final Draft draft;

  Steady(Observation o, Draft draft) {
    this.o = o;
    this.draft = draft;
  }

  void keep() {
    long number = o.record().revision();
    Optional<Revision> revision = o.revision(number);
    if (revision.isEmpty()) {
      draft.say(Phase.IDLE, number == 0 ? "" : "revision " + number + " is not in the coordinator");
      return;
    }
    if (!revision.get().spec().ports().isEmpty() && leadsToTheDead(number)) {
      withdraw(revision.get());
      return;
    }
    switch (BringUp.again(o, draft, revision.get()).advance()) {
      case BringUp.Progress.Ready ready -> route(revision.get());
      case BringUp.Progress.Underway underway -> {}
      case BringUp.Progress.Broken broken -> draft.say(Phase.UNHEALTHY, broken.reason());
    }
  }

  /**
   * Its container has ended, and would be routed to again the moment it listens, before its checks
   * have passed: its next life often has the same address.
   */
  private boolean leadsToTheDead(long number) {
    return o.proxy() instanceof ProxyView.Up up
        && o.container(number).filter(c -> !c.status().isRunning()).isPresent()
        && up.routes().stream().anyMatch(route -> !route.backends().isEmpty())
        && o.containers().stream().noneMatch(o::active);
  }

  /** The listeners stay, so that nobody else takes them. */
  private void withdraw(Revision revision) {
    draft.say(Phase.UNHEALTHY, "its container has ended");
    draft.act(
        new Action.ApplyRoutes(
            Routing.closed(o, revision), 0, Optional.empty(), "its container has ended"));
  }

  private void route(Revision revision) {
    ContainerView container = o.container(revision.number()).orElseThrow();
    Optional<List<Route>> routes = Routing.to(o, revision, container);
    if (routes.isEmpty()) {
      draft.say(Phase.STARTING, "its ports cannot be reached yet");
    } else if (revision.spec().ports().isEmpty() || Routing.inForce(o.proxy(), routes.get())) {
      draft.say(Phase.READY, "");
    } else {
      routeTo(revision, routes.get());
    }
  }

  private void routeTo(Revision revision, List<Route> routes) {
    long number = revision.number();
    String refused = o.memory().failures().get(number);
    long next = o.memory().retryNanos().getOrDefault(number, o.nowNanos());
    if (refused != null && o.nowNanos() < next) {
      draft.say(Phase.UNHEALTHY, refused);
      draft.wakeAt(next);
      return;
    }
    draft.say(Phase.STARTING, "");
    draft.act(
        new Action.ApplyRoutes(
            routes, number, Optional.empty(), "revision " + number + " is ready"));
  }
}
