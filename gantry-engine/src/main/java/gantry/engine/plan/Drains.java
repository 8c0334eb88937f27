package gantry.engine.plan;

import gantry.api.proxy.BackendStatus;
import gantry.engine.store.Drain;
import gantry.engine.store.Phase;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends containers that are not wanted any more, each only when its last connection has ended or no
 * longer holds it by the {@link DrainLimits}. The proxy's answer that says so is the same one that
 * says that no route leads to it, so that no new connection can have come in between.
 */
final class Drains {
  private final Observation o;
  private final Draft draft;

  Drains(Observation o, Draft draft) {
    this.o = o;
    this.draft = draft;
  }

  void allBut(Set<Long> wantedRevisions) {
    Set<Long> contents = wantedRevisions.stream().map(o::content).collect(Collectors.toSet());
    o.containers().stream()
        .filter(c -> !contents.contains(c.revision()))
        .filter(c -> !o.active(c))
        .forEach(this::end);
  }

  void only(long revision) {
    o.container(revision).filter(c -> !o.active(c)).ifPresent(this::end);
  }

  private void end(ContainerView container) {
    if (o.memory().stopping().contains(container.id())) {
      draft.busy();
      draft.say(Phase.DRAINING, "container " + container.id().brief() + " is shutting down");
      return;
    }
    if (!container.status().isRunning()) {
      draft.act(new Action.Remove(container.id(), "it has ended and is not wanted"));
      return;
    }
    switch (o.proxy()) {
      case ProxyView.Up up -> endRunning(container, up);
      // Whoever is not there holds no connection.
      case ProxyView.Down down -> stop(container);
      case ProxyView.Unreachable mute -> {
        draft.busy();
        draft.say(Phase.DRAINING, mute.reason());
      }
    }
  }

  private void endRunning(ContainerView container, ProxyView.Up up) {
    BackendStatus status = up.backend(container.life());
    Optional<DrainLimits.Limit> limit = new DrainLimits(o).first(status);
    if (status.connections() == 0) {
      stop(container);
    } else if (draft.cuts(container.id())) {
      draft.act(new Action.Stop(container.id(), "its drain was ended by hand"));
    } else if (limit.filter(DrainLimits.Limit::isOver).isPresent()) {
      draft.act(new Action.Stop(container.id(), limit.get().reason()));
    } else {
      limit.ifPresent(l -> draft.wakeAt(o.nowNanos() + l.left().toNanos()));
      draft.draining(Drain.of(container.id().brief(), container.revision(), status));
    }
  }

  private void stop(ContainerView container) {
    draft.act(new Action.Stop(container.id(), "it is not wanted and has no connection"));
  }
}
