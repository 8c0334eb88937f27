package gantry.engine.loop;

import gantry.api.GantryException;
import gantry.engine.event.RolloutEvent;
import gantry.engine.exec.Effect;
import gantry.engine.exec.PlanExecutor;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.plan.Action;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.plan.RolloutPlanner;
import gantry.engine.store.ComponentKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One component on one machine, advanced step by step: look, decide, do. Owns no thread and waits
 * for nothing; whoever drives it calls {@link #step()} when woken. Used by one thread at a time.
 */
public final class ReconcileLoop {
  /** Looks again this often even if no hint came: hints may be lost. */
  private static final Duration RESYNC = Duration.ofSeconds(10);

  /** While something drains its numbers are kept true for those who look on. */
  private static final Duration DRAIN_LOOK = Duration.ofSeconds(2);

  /** What was begun and is not over after this time is looked at, and said. */
  private static final Duration BEGUN = Duration.ofMillis(20);

  /** What did not work is tried again after this time at the latest. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

  private final Site site;
  private final ComponentKey key;
  private final Observer observer;
  private final LoopMemory memory;
  private final Progress progress;
  private final PlanExecutor executor;
  private final RecordWriter records;
  private final Function<Observation, Plan> planner;
  private final Queue<Effect> effects = new ConcurrentLinkedQueue<>();

  /**
   * A loop that has seen nothing yet.
   *
   * @param wake called when a job has ended, so that a step is worth while; from any thread
   */
  public ReconcileLoop(
      Site site, ComponentKey key, Sessions sessions, RandomGenerator random, Runnable wake) {
    this(site, key, sessions, random, wake, new RolloutPlanner()::plan);
  }

  /**
   * A loop that decides in a way of its own.
   *
   * @param planner must be pure
   */
  public ReconcileLoop(
      Site site,
      ComponentKey key,
      Sessions sessions,
      RandomGenerator random,
      Runnable wake,
      Function<Observation, Plan> planner) {
    this.planner = planner;
    this.site = site;
    this.key = key;
    this.observer = new Observer(site, key, sessions, wake);
    this.progress = new Progress(site.clock());
    this.memory = new LoopMemory(site.clock(), new Backoff(random), progress);
    this.records = new RecordWriter(site, key);
    this.executor =
        new PlanExecutor(
            site,
            key,
            sessions,
            effect -> {
              effects.add(effect);
              if (effect.isNews()) {
                wake.run();
              }
            });
  }

  /**
   * What came of a step.
   *
   * @param revision store revision that was seen at least: a hint of an earlier change is old news;
   *     0 when the coordinator did not answer
   * @param recordNanos when this machine's record is to be looked at again at the latest; {@link
   *     Long#MAX_VALUE} for never
   */
  public record Step(
      Observation observation, Plan plan, long revision, boolean troubled, long recordNanos) {
    /**
     * Whether another step is due at once. What was only begun will say when it is over, which is
     * soon as a rule: looking before that is in vain.
     */
    public boolean again() {
      return !troubled && plan.actions().stream().anyMatch(action -> !action.goesOnAside());
    }

    /** Whether there was nothing to do, or nothing that can be done now. */
    public boolean settled() {
      return plan.actions().isEmpty() || troubled;
    }

    /** How long nothing needs to be done unless a hint comes, since hints may be lost. */
    public Duration rest(long nowNanos) {
      long wake = Math.min(plan.wakeNanos(), recordNanos);
      long planned = wake == Long.MAX_VALUE ? Long.MAX_VALUE : wake - nowNanos;
      return Duration.ofNanos(Math.clamp(planned, 0, longestRest().toNanos()));
    }

    private Duration longestRest() {
      if (troubled) {
        return RETRY;
      }
      if (!plan.actions().isEmpty()) {
        return BEGUN;
      }
      return plan.report().drains().isEmpty() ? RESYNC : DRAIN_LOOK;
    }
  }

  /** Looks and decides without doing anything. */
  public Step peek() {
    Observation o = look();
    progress.note(Optional.empty()); // somebody else is at work and sees what is done
    return new Step(o, planner.apply(o), observer.revision(), true, Long.MAX_VALUE);
  }

  /** Looks, decides, and does what was decided until something does not work or is rejected. */
  public Step step() {
    Observation o = look();
    Plan plan = planner.apply(o);
    progress.note(plan.step());
    boolean troubled = !execute(plan, o);
    boolean saved = records.save(o, plan);
    boolean failed = troubled || (!saved && plan.actions().isEmpty());
    return new Step(o, plan, observer.revision(), failed, records.dueNanos());
  }

  private Observation look() {
    for (Effect effect = effects.poll(); effect != null; effect = effects.poll()) {
      memory.apply(effect);
      observer.apply(effect);
    }
    return observer.observe(memory);
  }

  /**
   * What cannot be done now is told and tried again from a fresh observation, a little later. What
   * was rejected was decided from an old picture: the next one is looked at right away.
   */
  private boolean execute(Plan plan, Observation o) {
    for (Action action : plan.actions()) {
      LOG.debug("{}: {}", key, action);
      try {
        if (!executor.execute(action, o)) {
          return true;
        }
      } catch (GantryException e) {
        LOG.debug("{}: {} failed", key, action, e);
        site.listener().on(key, new RolloutEvent.Trouble(e.text()));
        return false;
      }
    }
    return true;
  }
}
