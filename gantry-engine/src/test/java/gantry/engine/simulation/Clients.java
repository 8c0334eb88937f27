package gantry.engine.simulation;

import gantry.testkit.proxy.HeldConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clients of the component, whose connections last as long as they like. */
final class Clients {
  /** What an image says whose containers pass their checks and take no client. */
  static final String UNREACHABLE = "takes no client";

  private static final int MAX_HELD = 6;

  /** How often a client that gets nowhere tries. */
  private static final int TRIES = 3;

  private final World world;
  private final List<HeldConnection> held = new ArrayList<>();

  Clients(World world) {
    this.world = world;
  }

  /** One comes or goes. */
  void one() {
    held.removeIf(connection -> !connection.isAlive());
    if (held.size() < MAX_HELD && world.dice.chance(0.55)) {
      connect(world.dice.any(world.machines));
    } else if (!held.isEmpty()) {
      world.trace.say(() -> "a client goes");
      held.remove(world.dice.below(held.size())).close();
    }
  }

  void leave() {
    held.forEach(HeldConnection::close);
    held.clear();
  }

  private void connect(SimMachine machine) {
    if (!listens(machine)) {
      return;
    }
    machine.primaries().stream()
        .filter(life -> machine.says(life).startsWith(UNREACHABLE))
        .forEach(life -> refused(machine, life));
    HeldConnection connection = machine.proxy.connect(machine.listener());
    Optional<String> life = connection.backend();
    if (life.isPresent()) {
      world.trace.say(() -> "a client comes to " + machine.name + ", " + life.get());
      world.rules.reached(machine, life.get());
      held.add(connection);
    }
  }

  private void refused(SimMachine machine, String life) {
    world.trace.say(() -> "a client cannot come to " + machine.name + ", " + life);
    machine.proxy.refuse(life, true);
    for (int i = 1; i < TRIES; i++) {
      machine.proxy.connect(machine.listener()).close();
    }
  }

  private static boolean listens(SimMachine machine) {
    return machine.proxy.status().stream()
        .flatMap(status -> status.routesOf(World.WEB.toString()).stream())
        .anyMatch(route -> route.listener().equals(machine.listener()));
  }
}
