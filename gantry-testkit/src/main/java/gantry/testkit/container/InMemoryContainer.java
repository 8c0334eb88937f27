package gantry.testkit.container;

import gantry.api.Endpoint;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One container of the twin. Guarded by its engine's lock. */
final class InMemoryContainer {
  final ContainerId id;
  final ContainerSpec spec;
  final ScriptedImage image;
  final List<String> log = new ArrayList<>();
  private final String address;
  private final Instant createdAt;
  private ContainerState state = ContainerState.CREATED;
  private OptionalInt exitCode = OptionalInt.empty();
  private Optional<Instant> startedAt = Optional.empty();
  private long startedNanos;

  InMemoryContainer(
      ContainerId id, ContainerSpec spec, ScriptedImage image, String address, Instant createdAt) {
    this.id = id;
    this.spec = spec;
    this.image = image.commands().main().getOrDefault(spec.command(), image);
    this.address = address;
    this.createdAt = createdAt;
  }

  boolean running() {
    return state == ContainerState.RUNNING;
  }

  void start(Instant wallTime, long nanos) {
    state = ContainerState.RUNNING;
    exitCode = OptionalInt.empty();
    startedAt = Optional.of(wallTime);
    startedNanos = nanos;
    log.addAll(image.lines());
  }

  void end(int code) {
    state = ContainerState.EXITED;
    exitCode = OptionalInt.of(code);
  }

  /** Time left until it ends by itself; zero or less when that is due. */
  Optional<Duration> endsIn(long nanos) {
    return image
        .exit()
        .filter(exit -> running())
        .map(exit -> exit.after().minusNanos(nanos - startedNanos));
  }

  boolean ready(long nanos) {
    return running() && nanos - startedNanos >= image.web().readyAfter().toNanos();
  }

  InMemoryEngine.Answer answer(long nanos) {
    ScriptedImage.Web web = image.web();
    return new InMemoryEngine.Answer(
        web.statusAt(Duration.ofNanos(nanos - startedNanos)), web.text());
  }

  boolean listensOn(Endpoint endpoint) {
    return address.equals(endpoint.host()) && spec.ports().contains(endpoint.port());
  }

  boolean carries(Map<String, String> labels) {
    return spec.labels().entrySet().containsAll(labels.entrySet());
  }

  ContainerStatus status() {
    Map<Integer, Endpoint> endpoints = new HashMap<>();
    if (running()) {
      spec.ports().forEach(port -> endpoints.put(port, new Endpoint(address, port)));
    }
    return new ContainerStatus(
        id,
        spec.name(),
        spec.labels(),
        spec.image().id(),
        state,
        exitCode,
        createdAt,
        startedAt,
        endpoints);
  }
}
