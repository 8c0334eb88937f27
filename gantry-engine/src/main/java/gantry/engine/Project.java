package gantry.engine;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Nearest;
import gantry.api.container.Image;
import gantry.engine.RolloutStatus.MachineStatus;
import gantry.engine.config.ConfigReader;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.ProjectSpec;
import gantry.engine.store.Alert;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.CutStore;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Past;
import gantry.engine.store.Presence;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.RolloutStore;
import gantry.engine.store.Versioned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Steers a project on all machines that share the coordinator. Each method is one read or one write
 * of what is wished; machines with an agent act on it by themselves.
 */
public final class Project {
  /** Within this time a registry must have said what a tag stands for. */
  private static final Duration RESOLVE_LIMIT = Duration.ofMinutes(10);

  private final String name;
  private final RolloutStore store;
  private final ConfigReader reader;
  private final Parts parts;

  Project(String name, RolloutStore store, ConfigReader reader, Parts parts) {
    this.name = name;
    this.store = store;
    this.reader = reader;
    this.parts = parts;
  }

  /** Judges a configuration and, if it is right, stores it. Nothing that runs changes. */
  public ProjectSpec setConfig(Path file) {
    String text = reader.text(file);
    ProjectSpec spec = reader.parse(text, file.toString());
    store.setConfig(name, text);
    return spec;
  }

  /** The configuration as it was stored. */
  public String config() {
    return store
        .config(name)
        .orElseThrow(
            () ->
                new GantryException(
                    ErrorCode.NOT_FOUND,
                    "project '" + name + "' has no configuration",
                    "gantryd setconfig " + name + " .gantry",
                    null));
  }

  /** The stored configuration, read. */
  public ProjectSpec spec() {
    return reader.parse(config(), "the configuration of project '" + name + "'");
  }

  /**
   * Resolves the images of components and makes a new revision of each. All images are resolved
   * before anything is written; if one cannot be, nothing changes.
   *
   * @return the new revisions, in the order of the names
   */
  public List<Revision> update(List<String> components) {
    return update(components, List.of());
  }

  /**
   * The same for some machines first.
   *
   * @param machines the only ones that may take it until {@link #promote}; empty for all
   */
  public List<Revision> update(List<String> components, List<String> machines) {
    components.forEach(component -> requirePresent(component, machines));
    List<Revision> revisions = new ArrayList<>();
    images(components)
        .forEach(
            (component, image) ->
                revisions.add(
                    store.release(key(component.name()), component, image, Who.user(), machines)));
    return revisions;
  }

  private Map<ComponentSpec, Image> images(List<String> components) {
    Map<ComponentSpec, Image> images = new LinkedHashMap<>();
    for (ComponentSpec component : named(spec(), components)) {
      images.put(
          component, parts.driver().resolve(component.repo(), component.tag(), RESOLVE_LIMIT));
    }
    return images;
  }

  /** Asks for another status of components that were updated before. */
  public void setStatus(List<String> components, DesiredStatus status) {
    ProjectSpec spec = spec();
    named(spec, components).forEach(c -> requireUpdated(c.name()));
    named(spec, components).forEach(c -> store.setStatus(key(c.name()), status, Who.user()));
  }

  /**
   * Goes back to an earlier revision: a new one with its configuration and image. Machines that
   * still have its container use it again, without starting any.
   *
   * @param to its number; empty for the newest that has succeeded and is something else
   */
  public Revision rollback(String component, OptionalLong to) {
    named(spec(), List.of(component));
    return store.rollback(key(component), to, Who.user());
  }

  /** Lets all machines take what was tried on some; empty when it was for all already. */
  public List<String> promote(String component) {
    named(spec(), List.of(component));
    return store.promote(key(component), Who.user());
  }

  /**
   * Lets no other machine take the desired revision for now, or lets them go on.
   *
   * @return whether that was so already
   */
  public boolean pause(String component, boolean paused) {
    named(spec(), List.of(component));
    return store.pause(key(component), paused, Who.user());
  }

  /** Every revision with what came of it, the newest first. */
  public List<Past> history(String component) {
    named(spec(), List.of(component));
    return store.history(key(component));
  }

  /** Lets machines try a failed revision again; empty when none had failed. */
  public Optional<Alert> retry(String component) {
    named(spec(), List.of(component));
    return store.retry(key(component));
  }

  /** One component as a list shows it. */
  public record Listed(String component, RolloutSnapshot rollout, Optional<Revision> revision) {
    /** Ready, updating, stopped and so on. */
    public String status() {
      return rollout.statusLabel();
    }
  }

  /** Every component, in the order of the configuration. */
  public List<Listed> list() {
    return spec().names().stream().map(this::listed).toList();
  }

  /** One component. */
  public Listed listed(String component) {
    RolloutSnapshot rollout = store.snapshot(key(component));
    long number = rollout.desired().map(Versioned::value).map(d -> d.revision()).orElse(0L);
    return new Listed(component, rollout, store.revision(key(component), number));
  }

  /** What every machine that has ever run the component says of itself. */
  public List<MachineRecord> machines(String component) {
    return store.machines(key(component));
  }

  /** Agents that are there now, by machine. */
  public List<Presence> presences() {
    return store.presences(name);
  }

  /** How components stand on every machine, in the order of the names. */
  public List<RolloutStatus> statuses(List<String> components) {
    return named(spec(), components).stream().map(c -> status(c.name())).toList();
  }

  /** How one component stands on every machine that has run it or looks after it. */
  RolloutStatus status(String component) {
    Listed listed = listed(component);
    Map<String, Presence> present = new TreeMap<>();
    presences().stream()
        .filter(p -> p.components().contains(component))
        .forEach(p -> present.put(p.machine(), p));
    Map<String, MachineRecord> records = new TreeMap<>();
    present.keySet().forEach(machine -> records.put(machine, MachineRecord.none(machine)));
    machines(component).forEach(record -> records.put(record.machine(), record));
    Optional<Alert> alert = listed.revision().flatMap(r -> listed.rollout().alertFor(r.number()));
    return new RolloutStatus(
        component,
        listed.status(),
        listed.revision(),
        records.values().stream()
            .map(r -> new MachineStatus(r, Optional.ofNullable(present.get(r.machine()))))
            .toList(),
        alert,
        listed.rollout().desired().map(d -> d.value().machines()).orElse(List.of()));
  }

  /**
   * Shows how components stand, again and again, until the thread is interrupted.
   *
   * @param listener hears every look, in the calling thread
   */
  public void follow(List<String> components, Consumer<List<RolloutStatus>> listener)
      throws InterruptedException {
    List<ComponentKey> keys = named(spec(), components).stream().map(c -> key(c.name())).toList();
    try (Lookout lookout = new Lookout(store, keys)) {
      while (true) {
        listener.accept(keys.stream().map(key -> status(key.component())).toList());
        lookout.await(Lookout.RESYNC);
      }
    }
  }

  /** What an update would do now. Resolves the images as an update does, and writes nothing. */
  public List<Forecast> plan(List<String> components) {
    List<Forecast> forecasts = new ArrayList<>();
    images(components)
        .forEach(
            (spec, image) -> {
              ComponentKey key = key(spec.name());
              RolloutStatus status = status(spec.name());
              Map<Long, Revision> running = new TreeMap<>();
              status.machines().stream()
                  .map(m -> m.record().revision())
                  .forEach(n -> store.revision(key, n).ifPresent(r -> running.put(n, r)));
              forecasts.add(new Forecaster(status, running, store.snapshot(key)).of(spec, image));
            });
    return forecasts;
  }

  /** Follows the rollout of some revisions. */
  public RolloutWatch watch(List<Revision> revisions) {
    return new RolloutWatch(this, store, parts.clock(), revisions);
  }

  /**
   * Looks after the drains of a component.
   *
   * @param machines on these alone; empty for all
   */
  public DrainWatch drains(String component, List<String> machines) {
    named(spec(), List.of(component));
    CutStore cuts = new CutStore(parts.coordinator(), key(component), parts.clock());
    DrainWatch drains = new DrainWatch(this, store, cuts, parts.clock(), component, machines);
    drains.requireKnown();
    return drains;
  }

  /** Names a component of this project. */
  public ComponentKey key(String component) {
    return new ComponentKey(name, component);
  }

  /** The components of these names, each known. */
  public List<ComponentSpec> named(ProjectSpec spec, List<String> components) {
    return components.stream()
        .map(component -> spec.require(component, "project '" + name + "'"))
        .toList();
  }

  /** A name that was mistyped would be a rollout that waits for ever. */
  private void requirePresent(String component, List<String> machines) {
    List<String> present =
        machines.isEmpty()
            ? List.of()
            : presences().stream()
                .filter(p -> p.components().contains(component))
                .map(Presence::machine)
                .toList();
    for (String machine : machines) {
      if (!present.contains(machine)) {
        throw new GantryException(
            ErrorCode.NOT_FOUND,
            "no agent for component '" + component + "' is there as machine '" + machine + "'",
            Nearest.to(machine, present)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("gantryd list " + name + " --machines"),
            null);
      }
    }
  }

  private void requireUpdated(String component) {
    if (store.snapshot(key(component)).desired().isEmpty()) {
      throw new GantryException(
          ErrorCode.NOT_FOUND,
          "component '" + component + "' was never updated: there is nothing to end",
          "gantryd list " + name,
          null);
    }
  }
}
