package gantry.plugin.driver.process;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Begins and ends lives. */
final class Lifecycle {
  /** From here to the first line of the container's program are a dozen short processes. */
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(20);

  /** SIGKILL works at once, except on a process that is stuck in the kernel. */
  private static final Duration KILL_LIMIT = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(5);

  /** Folders of ended lives that are kept, to look at by hand. */
  private static final int ENDED_LIVES_KEPT = 3;

  private final StateFolder state;
  private final ContainerStore containers;
  private final ImageStore images;
  private final Supervisor supervisor;
  private final Clock clock;

  Lifecycle(StateFolder state, ContainerStore containers, ImageStore images, Clock clock) {
    this.state = state;
    this.containers = containers;
    this.images = images;
    this.supervisor = new Supervisor(state);
    this.clock = clock;
  }

  Life life(ContainerRecord record) {
    return new Life(containers.folder(record.id()), record.life());
  }

  /** How its last life stands; decides one that a killed process left undecided. */
  Life.State observe(ContainerRecord record) {
    Life life = life(record);
    Life.State seen = life.state();
    return seen instanceof Life.State.Pending ? state.locked(life::decide) : seen;
  }

  boolean runs(ContainerRecord record) {
    return record.life() > 0 && observe(record) instanceof Life.State.Running;
  }

  /** Begins a new life if none runs. {@code ended} hears its end while this JVM lives. */
  void start(ContainerId id, Runnable ended) {
    state.locked(
        () -> {
          ContainerRecord record = require(id);
          if (!runs(record)) {
            var _ = begin(record).onExit().thenRun(ended);
          }
          return id;
        });
  }

  ContainerRecord require(ContainerId id) {
    return containers
        .find(id)
        .orElseThrow(
            () -> new GantryException(ErrorCode.CONTAINER_NOT_FOUND, "no container " + id.brief()));
  }

  /** The record comes first: whoever is killed from here on leaves a life that can be found. */
  private Process begin(ContainerRecord record) {
    Path image =
        images
            .find(record.imageId())
            .orElseThrow(
                () ->
                    new GantryException(
                        ErrorCode.IMAGE_NOT_FOUND,
                        "the copy of " + record.repo() + ":" + record.tag() + " is gone"));
    Command.of(record, image);
    Supervisor.sweep(record.id());
    ContainerRecord next = record.nextLife(ports(record), startTime(record));
    Life life = life(next);
    life.prepare();
    containers.update(next);
    forgetOldLives(next);
    LogFile log = new LogFile(containers.folder(next.id()));
    log.rotate();
    Process shell = supervisor.launch(next, life, log.path(), image);
    if (!life.awaitBegin(BEGIN_LIMIT) && !(life.decide() instanceof Life.State.Running)) {
      throw Failures.refused(
          "container " + next.brief() + " did not begin within " + BEGIN_LIMIT.toSeconds() + " s");
    }
    return shell;
  }

  /** Two lives never have the same start, whatever the clock does. */
  private Instant startTime(ContainerRecord record) {
    Instant now = clock.wallTime();
    Instant last = record.started().orElse(record.created());
    return now.isAfter(last) ? now : last.plusNanos(1);
  }

  /** The ports of the life before, where they are free, else others. */
  private Map<Integer, Integer> ports(ContainerRecord record) {
    Set<Integer> taken = new HashSet<>();
    for (ContainerRecord other : containers.all()) {
      if (!other.id().equals(record.id())) {
        taken.addAll(other.processPorts().values());
      }
    }
    Map<Integer, Integer> chosen = new TreeMap<>();
    for (int port : record.ports()) {
      Integer before = record.processPorts().get(port);
      int now =
          before != null && !taken.contains(before) && Ports.isFree(before)
              ? before
              : Ports.choose(record.id().hashCode(), taken);
      taken.add(now);
      chosen.put(port, now);
    }
    return chosen;
  }

  private void forgetOldLives(ContainerRecord record) {
    int old = record.life() - ENDED_LIVES_KEPT - 1;
    Path folder = containers.folder(record.id()).resolve("life-" + old);
    try {
      if (Files.exists(folder)) {
        StateFolder.delete(folder);
      }
    } catch (IOException e) {
      throw Failures.unusable(folder, e);
    }
  }

  /** SIGTERM to the process group, SIGKILL after the grace. */
  void stop(ContainerRecord record, Duration grace) {
    signal(record, "TERM");
    if (Waiting.until(grace, POLL, () -> !runs(record))) {
      sweep(record);
    } else {
      kill(record);
    }
  }

  void kill(ContainerRecord record) {
    if (runs(record)) {
      life(record).markKilled();
      signal(record, "KILL");
    }
    if (!Waiting.until(KILL_LIMIT, POLL, () -> !runs(record))) {
      throw Failures.refused(
          "container "
              + record.brief()
              + " still runs "
              + KILL_LIMIT.toSeconds()
              + " s after SIGKILL: its process is stuck in the kernel");
    }
    sweep(record);
  }

  private void signal(ContainerRecord record, String signal) {
    if (record.life() > 0 && observe(record) instanceof Life.State.Running running) {
      Supervisor.signalGroup(running.pid(), signal);
    }
  }

  /** Under the lock, so that it never meets the processes of a life that has just begun. */
  private void sweep(ContainerRecord record) {
    state.locked(
        () -> {
          boolean again =
              containers.find(new ContainerId(record.id())).filter(this::runs).isPresent();
          if (!again) {
            Supervisor.sweep(record.id());
          }
          return again;
        });
  }

  /**
   * Removes the record of what does not run, and ends what it left behind. Call it under the lock.
   */
  void remove(ContainerRecord record) {
    if (runs(record)) {
      throw Failures.refused("container " + record.brief() + " runs; stop it before removing it");
    }
    Supervisor.sweep(record.id());
    containers.remove(record.id());
  }
}
