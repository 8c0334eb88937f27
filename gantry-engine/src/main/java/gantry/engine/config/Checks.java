package gantry.engine.config;

import gantry.api.ErrorCode;
import gantry.api.Fields;
import gantry.api.GantryException;
import gantry.api.Problems;
import gantry.api.check.HealthCheck;
import gantry.api.check.HealthCheckFactory;
import gantry.engine.plugin.Extensions;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.PortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the live checks of a component. The component may have been read on another machine, whose
 * plugins are not this one's; a check that cannot be made here is an error, never left out.
 * Thread-safe.
 */
public final class Checks {
  private final Extensions extensions;

  /** Makes checks with these extensions. */
  public Checks(Extensions extensions) {
    this.extensions = extensions;
  }

  /**
   * The ready checks, in the order of the file.
   *
   * @throws GantryException {@code BAD_CONFIGURATION} if a kind has no plugin on this machine, or
   *     its plugin refuses the fields
   */
  public List<ConfiguredCheck> ready(ComponentSpec component) {
    Problems problems = new Problems();
    Mistakes mistakes = new Mistakes("component " + component.name());
    List<ConfiguredCheck> checks = new ArrayList<>();
    for (int i = 0; i < component.readyChecks().size(); i++) {
      CheckSpec spec = component.readyChecks().get(i);
      Fields fields = new Fields("readyChecks[" + i + "]", spec.fields(), problems);
      HealthCheck check =
          new CheckReader(extensions, problems, mistakes)
              .create(factory(component, spec.kind()), spec.kind(), fields);
      if (check != null) {
        checks.add(new ConfiguredCheck(spec.kind(), spec.timeout(), check));
      }
    }
    mistakes.throwIfAny(problems);
    return List.copyOf(checks);
  }

  /**
   * The container ports that this machine must be able to reach: those that the component offers
   * and those that its ready checks connect to. Sorted.
   */
  public Set<Integer> containerPorts(ComponentSpec component) {
    Set<Integer> ports = new TreeSet<>();
    component.ports().stream().map(PortSpec::container).forEach(ports::add);
    ready(component).forEach(check -> ports.addAll(check.check().containerPorts()));
    return ports;
  }

  private HealthCheckFactory factory(ComponentSpec component, String kind) {
    HealthCheckFactory factory = extensions.checks().get(kind);
    if (factory == null) {
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION,
          "component '%s': this machine has no plugin for a ready check: %s"
              .formatted(
                  component.name(), CheckReader.unknownKind(kind, extensions.checks().keySet())),
          "put the plugin's jar into the plugins folder of this machine, or take the check out",
          null);
    }
    return factory;
  }
}
