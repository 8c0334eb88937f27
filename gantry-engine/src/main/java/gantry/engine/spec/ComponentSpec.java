package gantry.engine.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    UpdateSpec update,
    DrainSpec drain) {
  /** Copies the lists; revisions that were stored before there was one have no drain. */
  public ComponentSpec {
    command = List.copyOf(command);
    ports = List.copyOf(ports);
    readyChecks = List.copyOf(readyChecks);
    drain = Objects.requireNonNullElse(drain, DrainSpec.DEFAULT);
    environmentVariables = Collections.unmodifiableMap(new LinkedHashMap<>(environmentVariables));
  }

  /** One whose old containers drain for ever. */
  public ComponentSpec(
      String name,
      String repo,
      String tag,
      List<String> command,
      List<PortSpec> ports,
      List<CheckSpec> readyChecks,
      Duration readyTimeout,
      Map<String, String> environmentVariables,
      UpdateSpec update) {
    this(
        name,
        repo,
        tag,
        command,
        ports,
        readyChecks,
        readyTimeout,
        environmentVariables,
        update,
        DrainSpec.DEFAULT);
  }
}
