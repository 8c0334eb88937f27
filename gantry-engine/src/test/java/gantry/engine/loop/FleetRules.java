package gantry.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.engine.plan.ContainerView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold after every step, whatever happens. */
final class FleetRules {
  private final Fleet fleet;
  private final Set<String> served = new HashSet<>();
  private boolean servingMayEnd;
  private boolean connectionsMayEnd;

  FleetRules(Fleet fleet) {
    this.fleet = fleet;
  }

  /** From now on a machine may cease to serve. */
  void servingMayEnd() {
    servingMayEnd = true;
  }

  /** From now on a container may end although it serves or has connections. */
  void mayEnd() {
    servingMayEnd = true;
    connectionsMayEnd = true;
  }

  void check() {
    assertThat(fleet.rollout().slots())
        .as("machines that are admitted")
        .hasSizeLessThanOrEqualTo(fleet.maxParallel());
    fleet.machines.forEach(this::check);
  }

  private void check(FleetMachine machine) {
    List<ContainerView> containers = machine.containers();
    assertThat(containers)
        .as("containers of %s", machine.name)
        .extracting(ContainerView::revision)
        .doesNotHaveDuplicates();
    assertThat(machine.primaries()).as("primaries of %s", machine.name).hasSizeLessThan(2);
    if (!connectionsMayEnd) {
      connectionsLive(machine, containers);
    }
    if (!servingMayEnd) {
      goesOnServing(machine);
    }
  }

  private static void connectionsLive(FleetMachine machine, List<ContainerView> containers) {
    List<String> lives =
        containers.stream().filter(c -> c.status().isRunning()).map(ContainerView::life).toList();
    assertThat(lives)
        .as("lives on %s, with all that have connections", machine.name)
        .containsAll(machine.connectedLives());
  }

  private void goesOnServing(FleetMachine machine) {
    if (machine.serves()) {
      served.add(machine.name);
    } else {
      assertThat(served).as("machines that served once").doesNotContain(machine.name);
    }
  }
}
