package gantry.engine;

import gantry.api.container.ContainerId;
import gantry.api.container.Image;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.loop.LoopRunner;
import gantry.engine.loop.ReconcileLoop.Step;
import gantry.engine.plan.Action;
import gantry.engine.plan.EngineView;
import gantry.engine.plan.ProxyView;
import gantry.engine.plan.RolloutPlanner;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.store.Alert;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Desired;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutStore;
import gantry.engine.store.Versioned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * This machine's part of a project, done in the calling thread until it is done. Every method may
 * be interrupted, or its process killed, at any point: the same call, or an agent, goes on from
 * there. Two processes never work on one component at once; the second waits for the first.
 */
public final class Machine {
  /** Within this time a registry must have said what a tag stands for. */
  private static final Duration RESOLVE_LIMIT = Duration.ofMinutes(10);

  private final String project;
  private final Site site;
  private final Sessions sessions;
  private final RolloutStore store;

  Machine(String project, Site site, Sessions sessions) {
    this.project = project;
    this.site = site;
    this.sessions = sessions;
    this.store = new RolloutStore(site.coordinator(), site.clock());
  }

  /** How an update on this machine ended. */
  public sealed interface Updated {
    /**
     * It serves.
     *
     * @param draining old containers that still have connections
     */
    record Serving(Revision revision, int draining) implements Updated {}

    /**
     * It failed; what served before serves still.
     *
     * @param serving the revision that serves still; 0 for none
     */
    record Failed(Revision revision, Alert alert, long serving) implements Updated {}
  }

  /** Resolves the component's image, makes a new revision of it and takes it. */
  public Updated update(ComponentSpec spec) throws InterruptedException {
    site.checks().ready(spec);
    Image image = site.driver().resolve(spec.repo(), spec.tag(), RESOLVE_LIMIT);
    Revision revision = store.release(key(spec.name()), spec, image, Who.user());
    return take(revision, "gantry update");
  }

  /** Starts the component as it was last updated; a first start is an update. */
  public Updated start(ComponentSpec spec) throws InterruptedException {
    ComponentKey key = key(spec.name());
    Optional<Desired> desired = store.snapshot(key).desired().map(Versioned::value);
    if (desired.isEmpty()) {
      return update(spec);
    }
    if (desired.get().status() != DesiredStatus.READY) {
      store.setStatus(key, DesiredStatus.READY, Who.user());
    }
    store.retry(key);
    return take(store.revision(key, desired.get().revision()).orElseThrow(), "gantry start");
  }

  private Updated take(Revision revision, String doing) throws InterruptedException {
    ComponentKey key = key(revision.spec().name());
    long number = revision.number();
    Step last = run(key, doing, step -> isSettled(step, number));
    return last.observation()
        .rollout()
        .alertFor(number)
        .<Updated>map(
            alert -> new Updated.Failed(revision, alert, last.observation().record().revision()))
        .orElseGet(() -> new Updated.Serving(revision, last.plan().report().drains().size()));
  }

  /** Taken or failed, or overtaken by a later wish of somebody else. */
  private boolean isSettled(Step step, long number) {
    if (step.observation().rollout().admissionOf(site.machine()).isPresent()) {
      return false;
    }
    boolean overtaken =
        step.observation()
            .rollout()
            .desired()
            .filter(d -> d.value().revision() == number)
            .filter(d -> d.value().status() == DesiredStatus.READY)
            .isEmpty();
    boolean failed = step.observation().rollout().alertFor(number).isPresent();
    boolean runs =
        step.observation().record().revision() == number
            && step.plan().report().phase() == Phase.READY;
    return overtaken || ((failed || runs) && step.plan().quiet());
  }

  /** Ends the component when its last connection has ended; returns then. */
  public void stop(String component) throws InterruptedException {
    end(component, DesiredStatus.STOPPED, "gantry stop");
  }

  /** Ends the component at once. */
  public void kill(String component) throws InterruptedException {
    end(component, DesiredStatus.KILLED, "gantry kill");
  }

  private void end(String component, DesiredStatus status, String doing)
      throws InterruptedException {
    ComponentKey key = key(component);
    if (store.snapshot(key).desired().isPresent()) {
      store.setStatus(key, status, Who.user());
      run(key, doing, Machine::isEmpty);
    }
  }

  private static boolean isEmpty(Step step) {
    boolean wanted =
        step.observation()
            .rollout()
            .desired()
            .filter(d -> d.value().status() == DesiredStatus.READY)
            .isPresent();
    return wanted || (step.observation().containers().isEmpty() && step.plan().quiet());
  }

  /** Ends what drains when its last connection has ended; returns when nothing drains. */
  public void finishDrains(String component) throws InterruptedException {
    run(
        key(component),
        "drain watcher",
        step -> step.plan().quiet() && step.plan().report().drains().isEmpty());
  }

  /**
   * Ends what drains now, whatever is open; returns when it has ended. What does not drain is not
   * touched.
   */
  public void endDrains(String component) throws InterruptedException {
    Set<ContainerId> draining =
        list(component).stream()
            .filter(line -> line.status().equals("draining"))
            .map(ContainerLine::id)
            .collect(Collectors.toSet());
    RolloutPlanner planner = new RolloutPlanner(draining);
    try (LoopRunner runner =
        new LoopRunner(
            site, key(component), sessions, Who.process("gantry drain --now"), planner::plan)) {
      runner.runUntil(step -> hasEnded(step, draining));
    }
  }

  /** What is wanted again by now, or kept for a rollback, does not drain. */
  private static boolean hasEnded(Step step, Set<ContainerId> draining) {
    List<String> names = draining.stream().map(ContainerId::brief).toList();
    return step.observation().engine() instanceof EngineView.Visible
        && !(step.observation().proxy() instanceof ProxyView.Unreachable)
        && step.plan().report().drains().stream().noneMatch(d -> names.contains(d.container()))
        && step.observation().memory().stopping().stream().noneMatch(draining::contains)
        && step.plan().actions().stream().noneMatch(Action.Stop.class::isInstance);
  }

  /** The component's containers on this machine, newest first. */
  public List<ContainerLine> list(String component) {
    return new ContainerLister(site, key(component), store).lines();
  }

  /** The container that gets the component's traffic. */
  public Optional<ContainerLine> running(String component) {
    return list(component).stream().filter(line -> line.status().equals("running")).findFirst();
  }

  /** Whether the component is to run, and not stopped or killed. */
  public boolean isWanted(String component) {
    return store
        .snapshot(key(component))
        .desired()
        .filter(d -> d.value().status() == DesiredStatus.READY)
        .isPresent();
  }

  /** This machine's name. */
  public String name() {
    return site.machine();
  }

  /** This machine's state folder. */
  public Path stateDir() {
    return site.stateDir();
  }

  private ComponentKey key(String component) {
    return new ComponentKey(project, component);
  }

  private Step run(ComponentKey key, String doing, Predicate<Step> goal)
      throws InterruptedException {
    try (LoopRunner runner = new LoopRunner(site, key, sessions, Who.process(doing))) {
      return runner.runUntil(goal);
    }
  }
}
