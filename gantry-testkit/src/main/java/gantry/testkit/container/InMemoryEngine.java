package gantry.testkit.container;

import gantry.api.Clock;
import gantry.api.Endpoint;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * A container engine in memory, the state behind {@link InMemoryDriver}s. Several machines may
 * share one engine and tell their containers apart by labels, as they may share a real one.
 *
 * <p>Deterministic: ids, addresses and times depend on the calls and the clock alone, and nothing
 * happens on a thread of its own. What the script says will end later ends when the clock has
 * reached that time and anybody looks, or at {@link #settle}. Safe for use by several threads.
 */
public final class InMemoryEngine {
  /** 128 + SIGKILL. */
  static final int KILLED = 137;

  /** What {@code GET /} at an endpoint answers. */
  public record Answer(int status, String text) {}

  private record Watch(Map<String, String> labels, Runnable wake) {}

  final Clock clock;
  final Pause pause;
  final InMemoryRegistry registry;
  private final String name;
  private final Executor wakes;
  private final Faults faults = new Faults();
  private final Map<String, ScriptedImage> images = new HashMap<>();
  private final Map<ContainerId, InMemoryContainer> containers = new LinkedHashMap<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private Instant lastTime = Instant.EPOCH;
  private int made;

  /**
   * An engine whose wakes are called at once, by whoever caused them, and whose calls take no time.
   */
  public InMemoryEngine(String name, InMemoryRegistry registry, Clock clock) {
    this(name, registry, clock, Runnable::run, Pause.NONE);
  }

  /**
   * An engine.
   *
   * @param name part of its containers' ids
   * @param wakes runs the wakes of watches
   * @param pause lets time pass in slow pulls and during the grace of a stop
   */
  public InMemoryEngine(
      String name, InMemoryRegistry registry, Clock clock, Executor wakes, Pause pause) {
    this.name = name;
    this.registry = registry;
    this.clock = clock;
    this.wakes = wakes;
    this.pause = pause;
  }

  /** Scripted failures of its calls. */
  public Faults faults() {
    return faults;
  }

  /** What a client at this address gets now; nothing while nobody answers there. */
  public synchronized Optional<Answer> ask(Endpoint endpoint) {
    settle();
    return containers.values().stream()
        .filter(it -> it.listensOn(endpoint) && it.ready(clock.monotonicNanos()))
        .map(it -> it.answer(clock.monotonicNanos()))
        .findFirst();
  }

  /** Ends a running container as if by itself; false when it does not run. */
  public synchronized boolean crash(ContainerId id, int exitCode) {
    InMemoryContainer container = containers.get(id);
    if (container == null || !container.running()) {
      return false;
    }
    end(container, exitCode);
    return true;
  }

  /** Ends all containers, as a restart of the machine does. Images and records remain. */
  public synchronized void reboot() {
    containers.values().stream().filter(InMemoryContainer::running).forEach(it -> end(it, KILLED));
  }

  /** Ends what is due by now and wakes its watchers. */
  public synchronized void settle() {
    for (InMemoryContainer it : containers.values()) {
      it.endsIn(clock.monotonicNanos())
          .filter(left -> !left.isPositive())
          .flatMap(left -> it.image.exit())
          .ifPresent(exit -> end(it, exit.code()));
    }
  }

  /** Time until {@link #settle} has something to do, if ever. */
  public synchronized Optional<Duration> nextEnd() {
    return containers.values().stream()
        .flatMap(it -> it.endsIn(clock.monotonicNanos()).stream())
        .min(Comparator.naturalOrder());
  }

  synchronized void hold(Image image, ScriptedImage content) {
    images.put(image.id(), content);
  }

  synchronized boolean holds(Image image) {
    return images.containsKey(image.id());
  }

  synchronized List<InMemoryContainer> containers() {
    settle();
    return List.copyOf(containers.values());
  }

  synchronized InMemoryContainer require(ContainerId id) {
    settle();
    InMemoryContainer container = containers.get(id);
    if (container == null) {
      throw new GantryException(ErrorCode.CONTAINER_NOT_FOUND, "no container " + id.brief());
    }
    return container;
  }

  synchronized ContainerId create(ContainerSpec spec) {
    for (InMemoryContainer it : containers.values()) {
      if (it.spec.name().equals(spec.name())) {
        return adopt(it, spec);
      }
    }
    ScriptedImage image = images.get(spec.image().id());
    if (image == null) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND, "image " + spec.image().reference() + " was not pulled");
    }
    made++;
    String hex = InMemoryRegistry.sha256(name + " " + made).substring("sha256:".length());
    ContainerId id = new ContainerId(hex);
    String address = "10.0." + made / 250 + "." + (made % 250 + 1);
    containers.put(id, new InMemoryContainer(id, spec, image, address, tick()));
    return id;
  }

  private static ContainerId adopt(InMemoryContainer known, ContainerSpec spec) {
    if (!known.spec.labels().equals(spec.labels())) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "container " + spec.name() + " exists already with other labels: " + known.spec.labels());
    }
    return known.id;
  }

  synchronized void start(InMemoryContainer container) {
    if (container.running()) {
      return;
    }
    container.start(tick(), clock.monotonicNanos());
    wake(container);
    settle();
  }

  synchronized void end(InMemoryContainer container, int exitCode) {
    if (container.running()) {
      container.end(exitCode);
      wake(container);
    }
  }

  synchronized void remove(InMemoryContainer container) {
    if (container.running()) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED, "container " + container.id.brief() + " runs; stop it first");
    }
    containers.remove(container.id);
  }

  Subscription watch(Map<String, String> labels, Runnable wake) {
    Watch watch = new Watch(Map.copyOf(labels), wake);
    watches.add(watch);
    return () -> watches.remove(watch);
  }

  private void wake(InMemoryContainer container) {
    for (Watch watch : watches) {
      if (container.carries(watch.labels)) {
        wakes.execute(watch.wake);
      }
    }
  }

  /** The wall time, moved on where needed so that no two lives begin at the same time. */
  private Instant tick() {
    Instant now = clock.wallTime();
    lastTime = now.isAfter(lastTime) ? now : lastTime.plusNanos(1);
    return lastTime;
  }
}
