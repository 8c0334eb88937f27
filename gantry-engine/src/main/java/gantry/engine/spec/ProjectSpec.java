package gantry.engine.spec;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Nearest;
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

  /**
   * One component that must exist.
   *
   * @throws GantryException {@code NOT_FOUND}, with the known names and the nearest of them
   */
  public ComponentSpec require(String name) {
    return found(name, "");
  }

  /**
   * One component that must be there.
   *
   * @param where what the error says has no such component: a file, or {@code project 'shop'}
   * @throws GantryException {@code NOT_FOUND}, with the known names and the nearest one
   */
  public ComponentSpec require(String name, String where) {
    return found(name, where + " has ");
  }

  private ComponentSpec found(String name, String lacking) {
    return component(name)
        .orElseThrow(
            () ->
                new GantryException(
                    ErrorCode.NOT_FOUND,
                    "%sno component '%s'; known components: %s%s"
                        .formatted(
                            lacking,
                            name,
                            String.join(", ", names()),
                            Nearest.hint(name, names()))));
  }

  /** Names in the order of the file. */
  public List<String> names() {
    return components.stream().map(ComponentSpec::name).toList();
  }
}
