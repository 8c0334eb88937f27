package gantry.engine.exec;

import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.engine.event.RolloutEvent;
import gantry.engine.plan.Action;
import gantry.engine.plan.Observation;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Does what a plan says, one action at a time, and decides nothing. Actions that need the slot are
 * begun only while its lease is certain to hold. Used by one thread; its jobs run on others.
 */
public final class PlanExecutor {
  /** How long a container may take to end by itself before it is killed. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);

  private final Site site;
  private final ComponentKey key;
  private final Sessions sessions;
  private final Jobs jobs;
  private final RolloutWrites writes;
  private final Consumer<Effect> effects;

  /**
   * An executor for one component.
   *
   * @param effects hears what came of actions; called from any thread
   */
  public PlanExecutor(Site site, ComponentKey key, Sessions sessions, Consumer<Effect> effects) {
    this.site = site;
    this.key = key;
    this.sessions = sessions;
    this.effects = effects;
    this.jobs = new Jobs(site, key, effects);
    this.writes = new RolloutWrites(site, key, sessions, effects);
  }

  /**
   * Does one action.
   *
   * @param o what it was decided from
   * @return whether what the plan says next may be done; not when this machine was not admitted to
   *     what it is about
   * @throws GantryException if it could not be done and nothing about the revision is to blame
   */
  public boolean execute(Action action, Observation o) {
    boolean goesOn = true;
    switch (action) {
      case Action.StartProxy start -> startProxy();
      case Action.AcquireSlot acquire -> writes.acquire(acquire, o);
      case Action.Enqueue enqueue -> writes.enqueue();
      case Action.LeaveQueue leave -> writes.leaveQueue();
      case Action.ReclaimSlot reclaim -> writes.reclaim(reclaim);
      case Action.AdmitProven admit -> goesOn = writes.admitProven(admit, o);
      case Action.ReportLost lost -> writes.reportLost(lost, o);
      case Action.Pull pull -> {
        requireSlotOf(pull.revision().number(), o);
        jobs.pull(pull.revision());
      }
      case Action.Create create -> create(create.revision(), o);
      case Action.Start start -> start(start.id(), start.revision(), o);
      case Action.CheckReady check ->
          blaming(check.revision().number(), () -> jobs.check(check, o));
      case Action.ApplyRoutes routes -> apply(routes);
      case Action.FinishUpdate finish -> writes.finish(finish, o);
      case Action.FailUpdate fail -> {
        writes.fail(fail, o);
        jobs.abandonPull(fail.revision());
      }
      case Action.LeaveSlot leave -> writes.leave(leave, o);
      case Action.Adopt adopt -> writes.adopt(adopt, o);
      case Action.SettleCut settle -> writes.settle(settle);
      case Action.Stop stop -> jobs.stop(stop.id(), stop.reason(), STOP_GRACE);
      case Action.Kill kill -> jobs.kill(kill.id());
      case Action.Remove remove -> remove(remove.id());
    }
    return goesOn;
  }

  /**
   * What is brought up for an update is touched only under its slot: since it was planned this
   * process may have stood still for longer than a lease, and another machine may have its turn.
   */
  private void requireSlotOf(long revision, Observation o) {
    o.rollout()
        .admissionOf(site.machine())
        .filter(slot -> slot.admission().orElseThrow().value().revision() == revision)
        .ifPresent(slot -> sessions.require(slot));
  }

  private void startProxy() {
    site.proxy().start();
    CrashPoint.PROXY_STARTED.reached();
  }

  private void create(Revision revision, Observation o) {
    requireSlotOf(revision.number(), o);
    ComponentSpec spec = revision.spec();
    blaming(
        revision.number(),
        () -> {
          ContainerId id =
              site.driver()
                  .create(
                      new ContainerSpec(
                          Labels.name(key, site.machine(), revision.content()),
                          revision.image(),
                          spec.command(),
                          spec.environmentVariables(),
                          Labels.of(key, site.machine(), revision.content()),
                          site.checks().containerPorts(spec)));
          CrashPoint.CREATED.reached();
          start(id, revision.number(), o);
        });
  }

  private void start(ContainerId id, long revision, Observation o) {
    requireSlotOf(revision, o);
    tell(new RolloutEvent.Starting(id.brief(), revision));
    blaming(
        revision,
        () -> {
          site.driver().start(id);
          CrashPoint.STARTED.reached();
          effects.accept(new Effect.Started(id, revision));
        });
  }

  private void apply(Action.ApplyRoutes action) {
    action.fence().ifPresent(slot -> sessions.require(slot));
    tell(new RolloutEvent.Redirecting(action.revision()));
    blaming(
        action.revision(),
        () -> {
          site.proxy().apply(key.toString(), action.routes());
          CrashPoint.ROUTES_APPLIED.reached();
          tell(new RolloutEvent.Redirected(action.revision()));
        });
  }

  private void remove(ContainerId id) {
    site.driver().remove(id);
    CrashPoint.REMOVED.reached();
  }

  /**
   * What the revision itself is to blame for is remembered against it; what only says that
   * something cannot be reached right now is not.
   */
  private void blaming(long revision, Runnable effect) {
    try {
      effect.run();
    } catch (GantryException e) {
      switch (e.code()) {
        case ENGINE_UNREACHABLE,
            PROXY_UNREACHABLE,
            COORDINATOR_UNREACHABLE,
            OUTCOME_UNKNOWN,
            SESSION_LOST ->
            throw e;
        default -> effects.accept(new Effect.Refused(revision, e.text()));
      }
    }
  }

  private void tell(RolloutEvent event) {
    site.listener().on(key, event);
  }
}
