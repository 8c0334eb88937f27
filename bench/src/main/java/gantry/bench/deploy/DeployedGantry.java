package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import gantry.bench.peer.Gantry;
import gantry.bench.peer.GantrySteering;
import gantry.bench.peer.Layer;
import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gantry's proxy; a switch is an {@code apply} over its control socket, answered when in force. */
final class DeployedGantry implements Deployed {
  private final Scratch scratch;
  private final String name;
  private final List<Target> targets =
      List.of(new Target(Layer.TCP, Ports.free()), new Target(Layer.HTTP, Ports.free()));
  private final Child child;
  private final GantrySteering steering;
  private final Map<String, Integer> backends = new LinkedHashMap<>();

  DeployedGantry(Scratch scratch, Gantry gantry, List<Integer> active) {
    this.scratch = scratch;
    this.name = gantry.name();
    Path state = scratch.makeFolder("d" + targets.getFirst().port());
    this.child = gantry.launch(scratch, state, 1);
    this.steering = new GantrySteering(state);
    activate(active);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Target> targets() {
    return targets;
  }

  @Override
  public void switchTo(int port) {
    activate(List.of(port));
  }

  /** Gives what is new to these backends; those of before keep their connections. */
  void activate(List<Integer> ports) {
    ports.forEach(port -> backends.put("at-" + port, port));
    Set<Integer> active = Set.copyOf(ports);
    for (Target target : targets) {
      steering.route(
          target.port(),
          target.layer(),
          backends,
          backend -> active.contains(backends.getOrDefault(backend, 0)));
    }
  }

  @Override
  public void close() {
    scratch.end(child);
  }
}
