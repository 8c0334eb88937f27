package gantry.engine.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One component as declared, every default filled in. A revision freezes one of these.
 *
 * @param command empty for the image's own
 * @param readyTimeout how long a new container may take to pass its ready checks
 * @param environmentVariables by name, in the order of the file
 */
public record ComponentSpec(
    String name,
    String repo,
    String tag,
    List<String> command,
    List<PortSpec> ports,
    List<CheckSpec> readyChecks,
    Duration readyTimeout,
    Map<String, String> environmentVariables,
    UpdateSpec update) {
  /** Copies the lists. */
  public ComponentSpec {
    command = List.copyOf(command);
    ports = List.copyOf(ports);
    readyChecks = List.copyOf(readyChecks);
    environmentVariables = Collections.unmodifiableMap(new LinkedHashMap<>(environmentVariables));
  }
}
