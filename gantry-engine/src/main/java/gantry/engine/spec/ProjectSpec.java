package gantry.engine.spec;

import java.util.List;
import java.util.Optional;

/**
 * A whole configuration.
 *
 * @param components at least one, names unique, in the order of the file
 */
public record ProjectSpec(List<ComponentSpec> components) {
  /** Copies the list. */
  public ProjectSpec {
    components = List.copyOf(components);
  }

  /** One component by its name. */
  public Optional<ComponentSpec> component(String name) {
    return components.stream().filter(component -> component.name().equals(name)).findFirst();
  }

  /** Names in the order of the file. */
  public List<String> names() {
    return components.stream().map(ComponentSpec::name).toList();
  }
}
