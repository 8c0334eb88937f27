package gantry.engine.simulation;

import gantry.api.proxy.Backend;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.Route;
import gantry.engine.plan.Action;
import gantry.engine.plan.ContainerView;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.plan.ProxyView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Plans that do what no plan may do. */
final class BrokenPlans {
  private BrokenPlans() {}

  private static Plan with(Plan plan, List<Action> actions) {
    return new Plan(
        actions, plan.wakeNanos(), plan.quiet(), plan.report(), plan.step(), plan.focus());
  }

  private static Optional<Action.ApplyRoutes> takeover(Plan plan) {
    return plan.actions().stream()
        .filter(Action.ApplyRoutes.class::isInstance)
        .map(Action.ApplyRoutes.class::cast)
        .filter(action -> action.revision() != 0 && action.fence().isPresent())
        .findFirst();
  }

  private static Optional<ContainerView> serving(Observation o) {
    return o.containers().stream()
        .filter(c -> c.status().isRunning())
        .filter(c -> o.proxy() instanceof ProxyView.Up up && up.routesTo(c.life()))
        .findFirst();
  }

  static Plan drainBeforeSwitch(Observation o, Plan plan) {
    Optional<ContainerView> old = serving(o);
    if (takeover(plan).isEmpty() || old.isEmpty()) {
      return plan;
    }
    Action stop = new Action.Stop(old.get().id(), "the new one is ready");
    return with(plan, Stream.concat(Stream.of(stop), plan.actions().stream()).toList());
  }

  static Plan secondPrimary(Observation o, Plan plan) {
    if (takeover(plan).isEmpty() || !(o.proxy() instanceof ProxyView.Up up)) {
      return plan;
    }
    List<Backend> old = up.routes().stream().flatMap(r -> r.backends().stream()).toList();
    return with(plan, plan.actions().stream().map(action -> beside(old, action)).toList());
  }

  private static Action beside(List<Backend> old, Action action) {
    if (!(action instanceof Action.ApplyRoutes a) || a.routes().isEmpty()) {
      return action;
    }
    Route route = a.routes().getFirst();
    List<Backend> both = new ArrayList<>(old);
    both.addAll(route.backends());
    Route wide = new Route(route.listener(), route.kind(), route.options(), both);
    return new Action.ApplyRoutes(List.of(wide), a.revision(), a.fence(), a.reason());
  }

  static Plan cutWhatServes(Observation o, Plan plan) {
    Optional<ContainerView> victim = serving(o);
    if (o.cut().isEmpty() || victim.isEmpty()) {
      return plan;
    }
    Action stop = new Action.Stop(victim.get().id(), "its drain was ended by hand");
    return with(plan, Stream.concat(Stream.of(stop), plan.actions().stream()).toList());
  }

  static Plan lostNotReported(Observation o, Plan plan) {
    return without(plan, Action.ReportLost.class::isInstance);
  }

  static Plan nothingRemoved(Observation o, Plan plan) {
    return without(plan, Action.Remove.class::isInstance);
  }

  private static Plan without(Plan plan, Predicate<Action> what) {
    return with(plan, plan.actions().stream().filter(what.negate()).toList());
  }

  static Observation drainsSinceTheOldestCame(Observation o) {
    if (!(o.proxy() instanceof ProxyView.Up up)) {
      return o;
    }
    Map<String, BackendStatus> backends = new HashMap<>();
    up.backends().forEach((id, b) -> backends.put(id, older(b)));
    return Observations.withViews(o, o.engine(), new ProxyView.Up(up.routes(), backends));
  }

  private static BackendStatus older(BackendStatus b) {
    Optional<Duration> draining = b.draining().map(time -> b.oldest());
    return new BackendStatus(
        b.owner(), b.id(), b.connections(), b.oldest(), draining, b.idle(), b.connectFailures());
  }

  static Observation muteIsDown(Observation o) {
    return o.proxy() instanceof ProxyView.Unreachable
        ? Observations.withViews(o, o.engine(), new ProxyView.Up(List.of(), Map.of()))
        : o;
  }
}
