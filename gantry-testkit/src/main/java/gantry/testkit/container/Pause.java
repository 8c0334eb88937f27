package gantry.testkit.container;

import java.time.Duration;

/** How the twin lets time pass inside a call that takes time: a simulator moves its clock here. */
@FunctionalInterface
public interface Pause {
  /** Takes no time at all. */
  Pause NONE = time -> {};

  /** Returns when this much time has passed on the twin's clock. */
  void pause(Duration time);
}
