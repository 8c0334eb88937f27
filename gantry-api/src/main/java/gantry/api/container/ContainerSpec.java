package gantry.api.container;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to run.
 *
 * @param name deterministic and unique on the machine, {@code [a-zA-Z0-9][a-zA-Z0-9_.-]*}; creating
 *     it twice yields the same container
 * @param image what was resolved and pulled before
 * @param command the command inside the container; empty means the image's own
 * @param environment variables, by name
 * @param labels what {@link ContainerDriver#list} selects by
 * @param ports container ports (TCP) that this machine must be able to reach, in ascending order
 */
public record ContainerSpec(
    String name,
    Image image,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> labels,
    Set<Integer> ports) {
  /** Copies the collections. */
  public ContainerSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    labels = Map.copyOf(labels);
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
  }
}
