package gantry.engine.simulation;

import gantry.api.coordination.Condition;
import gantry.api.coordination.Write;

/** What a mutant leaves out of its transactions; nothing by default. */
interface Forgotten {
  default boolean condition(Condition condition) {
    return false;
  }

  default boolean write(Write write) {
    return false;
  }

  /** Conditions that a key does not exist. */
  static Forgotten absent(String part) {
    return new Forgotten() {
      @Override
      public boolean condition(Condition condition) {
        return condition instanceof Condition.Absent && condition.key().contains(part);
      }
    };
  }

  /** The fence. */
  static Forgotten fence() {
    return new Forgotten() {
      @Override
      public boolean condition(Condition condition) {
        return condition instanceof Condition.SameLife;
      }
    };
  }

  /** The end of slots and admissions. */
  static Forgotten release() {
    return new Forgotten() {
      @Override
      public boolean write(Write write) {
        return write instanceof Write.Delete;
      }
    };
  }
}
