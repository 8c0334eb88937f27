package gantry.engine.simulation;

import gantry.api.container.ContainerId;
import gantry.engine.store.Cut;
import gantry.engine.store.CutStore;
import gantry.engine.store.Versioned;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which containers users have named in a cut, and when. */
final class GivenCuts {
  private final World world;
  private final CutStore truth;
  private final Map<String, Long> namedNanos = new HashMap<>();

  GivenCuts(World world) {
    this.world = world;
    this.truth = new CutStore(world.store.connect("cuts"), World.WEB, world.clock);
  }

  /** A user's command about a machine, whether or not it hears that it was carried out. */
  void cut(String machine, Consumer<String> command) {
    List<String> before = names(machine);
    try {
      command.accept(machine);
    } finally {
      for (String name : names(machine)) {
        if (!before.contains(name)) {
          namedNanos.put(machine + name, world.clock.monotonicNanos());
          world.trace.say(() -> "drain --now: container " + name + " of " + machine);
        }
      }
    }
  }

  List<String> names(String machine) {
    return truth.find(machine).map(Versioned::value).map(Cut::containers).orElse(List.of());
  }

  /** Whether a drain that has gone on for this long was there when the container was named. */
  boolean covers(SimMachine machine, ContainerId container, Duration draining) {
    Long named = namedNanos.get(machine.name + container.brief());
    return named != null
        && world.clock.monotonicNanos() - named <= draining.toNanos()
        && !draining.isZero();
  }
}
