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
    switch (new BringUp(o, draft, revision.get(), false).advance()) {
      case BringUp.Progress.Ready ready -> route(revision.get());
      case BringUp.Progress.Underway underway -> {}
      case BringUp.Progress.Broken broken -> draft.say(Phase.UNHEALTHY, broken.reason());
    }
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
