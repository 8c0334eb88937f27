package gantry.engine.simulation;

import gantry.api.container.ContainerDriver;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.Proxy;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.plan.RolloutPlanner;

/** What stands in the place of the real parts; by default the real parts themselves. */
interface Mutant {
  /** Nothing is broken. */
  Mutant NONE = new Mutant() {};

  default Plan plan(Observation o) {
    return new RolloutPlanner().plan(o);
  }

  default Coordinator coordinator(Coordinator real, SimMachine machine) {
    return real;
  }

  default ContainerDriver driver(ContainerDriver real, SimMachine machine) {
    return real;
  }

  default Proxy proxy(Proxy real, SimMachine machine) {
    return real;
  }
}
