package gantry.engine.plan;

import gantry.engine.store.Cut;
import gantry.engine.store.Versioned;
import java.util.List;
import java.util.Set;

/**
 * What an operator's {@link Cut} has left to do. It ends drains that went on when it was asked for:
 * a container that serves again is struck from it at once, before traffic may leave it another
 * time. While the coordinator is away no cut is obeyed, since it may be gone by now.
 */
final class Cuts {
  private final Observation o;

  Cuts(Observation o) {
    this.o = o;
  }

  /** Brief ids of the containers whose drains are to end now. */
  Set<String> named() {
    return o.connected()
        ? o.cut().map(c -> Set.copyOf(c.value().containers())).orElse(Set.of())
        : Set.of();
  }

  /** Takes away what is done, after everything else was decided. */
  void settle(Draft draft) {
    boolean seen =
        o.engine() instanceof EngineView.Visible && !(o.proxy() instanceof ProxyView.Unreachable);
    if (o.connected() && seen) {
      o.cut().ifPresent(cut -> settle(cut, draft));
    }
  }

  private void settle(Versioned<Cut> cut, Draft draft) {
    List<ContainerView> there =
        o.containers().stream()
            .filter(c -> cut.value().containers().contains(c.id().brief()))
            .toList();
    List<String> left =
        there.stream().filter(c -> ends(c, draft)).map(c -> c.id().brief()).toList();
    if (left.size() < there.size()) {
      draft.beforeTrafficMoves(new Action.SettleCut(cut, left, "what it names serves or is kept"));
    } else if (left.isEmpty()) {
      draft.act(new Action.SettleCut(cut, left, "what it names has ended"));
    }
  }

  /** Whether its connections hold it still, or it is on its way out. */
  private boolean ends(ContainerView container, Draft draft) {
    boolean held = o.proxy() instanceof ProxyView.Up up && up.connections(container.life()) > 0;
    return !o.active(container)
        && (held
            || o.memory().stopping().contains(container.id())
            || draft.touches(container.id()));
  }
}
