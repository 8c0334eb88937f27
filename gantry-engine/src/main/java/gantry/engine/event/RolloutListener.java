package gantry.engine.event;

import gantry.engine.store.ComponentKey;

/** Hears what happens. Called from any thread; must not block and must not throw. */
@FunctionalInterface
public interface RolloutListener {
  /** Hears nothing. */
  RolloutListener NONE = (key, event) -> {};

  /** Something happened for this component. */
  void on(ComponentKey key, RolloutEvent event);
}
