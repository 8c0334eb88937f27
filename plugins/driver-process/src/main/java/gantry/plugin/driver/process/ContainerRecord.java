package gantry.plugin.driver.process;

import gantry.api.container.ContainerSpec;
import gantry.api.container.Image;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a container, as JSON in its folder. It holds the container's environment,
 * secrets included: the state folder is for its owner alone.
 *
 * @param processPorts the port on loopback that stands for each container port
 * @param life how many times it was started, 0 at first
 * @param startedAt start of that life
 */
record ContainerRecord(
    String id,
    String name,
    String repo,
    String tag,
    String imageId,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> labels,
    Set<Integer> ports,
    Map<Integer, Integer> processPorts,
    String createdAt,
    int life,
    @Nullable String startedAt) {

  static ContainerRecord of(String id, ContainerSpec spec, Instant createdAt) {
    Image image = spec.image();
    return new ContainerRecord(
        id,
        spec.name(),
        image.repo(),
        image.tag(),
        image.id(),
        spec.command(),
        spec.environment(),
        spec.labels(),
        spec.ports(),
        Map.of(),
        createdAt.toString(),
        0,
        null);
  }

  ContainerRecord nextLife(Map<Integer, Integer> chosenPorts, Instant start) {
    return new ContainerRecord(
        id,
        name,
        repo,
        tag,
        imageId,
        command,
        environment,
        labels,
        ports,
        chosenPorts,
        createdAt,
        life + 1,
        start.toString());
  }

  Instant created() {
    return Instant.parse(createdAt);
  }

  Optional<Instant> started() {
    return Optional.ofNullable(startedAt).map(Instant::parse);
  }

  boolean carries(Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }

  /** The first 12 characters of the id, as in messages. */
  String brief() {
    return id.substring(0, 12);
  }
}
