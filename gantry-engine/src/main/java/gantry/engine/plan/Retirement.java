package gantry.engine.plan;

import gantry.engine.store.Phase;
import gantry.engine.store.SlotView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ends a component on this machine: its routes first, then its containers. Needs no slot. */
final class Retirement {
  private final Observation o;
  private final Draft draft;

  Retirement(Observation o, Draft draft) {
    this.o = o;
    this.draft = draft;
  }

  void retire(boolean kill) {
    leaveSlot();
    if (o.proxy() instanceof ProxyView.Up up && !up.routes().isEmpty()) {
      draft.say(Phase.DRAINING, "");
      draft.act(new Action.ApplyRoutes(List.of(), 0, Optional.empty(), "it is to end"));
      if (!kill) {
        return;
      }
    }
    if (kill) {
      o.containers().forEach(this::kill);
    } else {
      new Drains(o, draft).allBut(Set.of());
    }
    draft.say(o.containers().isEmpty() ? Phase.STOPPED : Phase.DRAINING, "");
  }

  private void leaveSlot() {
    Optional<SlotView> mine = o.rollout().admissionOf(o.place().machine());
    if (mine.isPresent() && o.connected()) {
      long revision = o.record().revision();
      draft.act(new Action.LeaveSlot(mine.get(), revision, "the component is to end"));
    }
  }

  private void kill(ContainerView container) {
    if (o.memory().stopping().contains(container.id())) {
      draft.busy();
    } else if (container.status().isRunning()) {
      draft.act(new Action.Kill(container.id(), "it is to end at once"));
    } else {
      draft.act(new Action.Remove(container.id(), "it has ended and is not wanted"));
    }
  }
}
