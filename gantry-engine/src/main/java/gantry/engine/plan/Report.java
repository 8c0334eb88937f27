package gantry.engine.plan;

import gantry.engine.store.Drain;
import gantry.engine.store.Phase;
import java.util.List;

/** What a machine would say of itself at the moment of a plan. */
public record Report(Phase phase, String reason, List<Drain> drains) {
  /** Copies the drains. */
  public Report {
    drains = List.copyOf(drains);
  }
}
