package gantry.engine.loop;

import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.engine.event.RolloutEvent;
import gantry.engine.exec.Labels;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.plan.Observation;
import gantry.engine.plan.Plan;
import gantry.engine.plan.RolloutPlanner;
import gantry.engine.store.ComponentKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one component's loop: steps when something may have changed, waits when nothing is to be
 * done. Works only while it holds the component's lock, and lets go of it while all is quiet.
 */
public final class LoopRunner implements AutoCloseable {
  /** How often somebody else's lock is looked at. */
  private static final Duration LOCK_POLL = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(LoopRunner.class);

  private final Site site;
  private final ComponentKey key;
  private final ReconcileLoop loop;
  private final ComponentLock lock;
  private final Wakeup wakeup = new Wakeup();
  private final RolloutHints hints;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private volatile boolean stopping;
  private String toldBusy = "";

  /**
   * A runner that does not run yet.
   *
   * @param holder says to other processes who is at work
   */
  public LoopRunner(Site site, ComponentKey key, Sessions sessions, String holder) {
    this(site, key, sessions, holder, new RolloutPlanner()::plan);
  }

  /**
   * A runner that decides in a way of its own.
   *
   * @param planner must be pure
   */
  public LoopRunner(
      Site site,
      ComponentKey key,
      Sessions sessions,
      String holder,
      Function<Observation, Plan> planner) {
    this.site = site;
    this.key = key;
    this.hints = new RolloutHints(site, key, wakeup::wake);
    this.lock = new ComponentLock(site.stateDir(), key, holder);
    this.loop =
        new ReconcileLoop(site, key, sessions, ThreadLocalRandom.current(), wakeup::wake, planner);
  }

  /**
   * Steps until the goal is reached, in the calling thread.
   *
   * @param goal judges what was seen, also while another process is at work
   * @return what was seen last, for which the goal held; or whatever was seen when {@link #stop()}
   *     was called
   */
  public ReconcileLoop.Step runUntil(Predicate<ReconcileLoop.Step> goal)
      throws InterruptedException {
    subscribe();
    while (true) {
      wakeup.covered();
      boolean working = lock.tryAcquire();
      ReconcileLoop.Step step = working ? loop.step() : peek();
      boolean unsure = hints.follow(step.plan().focus(), step.revision());
      if (stopping || (step.settled() && goal.test(step))) {
        return step;
      }
      if (!step.again() && !unsure) {
        rest(step, working);
      }
    }
  }

  /** Makes {@link #runUntil} return after the action that is under way. */
  public void stop() {
    stopping = true;
    wakeup.wake();
  }

  /** Looks again now. */
  public void wake() {
    wakeup.wake();
  }

  private ReconcileLoop.Step peek() {
    String holder = lock.currentHolder();
    if (!holder.equals(toldBusy)) {
      toldBusy = holder;
      site.listener().on(key, new RolloutEvent.Busy(holder));
    }
    return loop.peek();
  }

  private void rest(ReconcileLoop.Step step, boolean working) throws InterruptedException {
    if (!working) {
      wakeup.await(LOCK_POLL.toNanos(), step.revision());
      return;
    }
    if (step.plan().quiet()) {
      lock.release();
    }
    wakeup.await(step.rest(site.clock().monotonicNanos()).toNanos(), step.revision());
    LOG.debug("{}: looks again", key);
  }

  /** A part that cannot be watched now is looked at by the resync all the same. */
  private void subscribe() {
    if (subscriptions.isEmpty()) {
      attempt(() -> site.driver().watch(Labels.of(key, site.machine()), wakeup::wake));
      attempt(() -> site.proxy().watch(wakeup::wake));
    }
  }

  private void attempt(Supplier<Subscription> subscription) {
    try {
      subscriptions.add(subscription.get());
    } catch (GantryException e) {
      site.listener().on(key, new RolloutEvent.Trouble(e.text()));
    }
  }

  @Override
  public void close() {
    stop();
    hints.close();
    subscriptions.forEach(Subscription::close);
    lock.close();
  }
}
