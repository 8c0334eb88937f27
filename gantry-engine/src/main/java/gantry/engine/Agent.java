package gantry.engine;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.coordination.Session;
import gantry.engine.event.RolloutEvent;
import gantry.engine.exec.CrashPoint;
import gantry.engine.exec.Sessions;
import gantry.engine.exec.Site;
import gantry.engine.loop.LoopRunner;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Presence;
import gantry.engine.store.PresenceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does this machine's part for as long as it runs: one loop for each component, and a presence that
 * others can see. No traffic passes through it: stopping or killing it drops no connection.
 */
public final class Agent {
  /** How often the presence is looked after. */
  private static final Duration PRESENCE_INTERVAL = Duration.ofSeconds(1);

  /** How long a stop waits for the action that is under way. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** Which components of which project, and which version of Gantry looks after them. */
  public record Identity(String project, List<String> components, String version) {
    /** Copies the names. */
    public Identity {
      components = List.copyOf(components);
    }
  }

  private final Identity identity;
  private final Site site;
  private final Sessions sessions;
  private final PresenceStore presences;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<LoopRunner> runners = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private String boundTo = "";

  Agent(Identity identity, Site site, Sessions sessions) {
    this.identity = identity;
    this.site = site;
    this.sessions = sessions;
    this.presences = new PresenceStore(site.coordinator(), identity.project());
  }

  /**
   * Runs until {@link #stop()}.
   *
   * @throws GantryException {@code BUSY} if another machine of the same name is there; {@code
   *     USAGE} if a crash point is named that does not exist
   */
  public void run() throws InterruptedException {
    CrashPoint.armed().ifPresent(this::warn);
    requireOwnName();
    identity.components().forEach(this::startLoop);
    try {
      do {
        keepPresence();
      } while (!stopped.await(PRESENCE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } finally {
      stopLoops();
    }
  }

  /** Lets every loop finish the action that it is at, then ends {@link #run()}. */
  public void stop() {
    stopped.countDown();
  }

  private void startLoop(String component) {
    ComponentKey key = new ComponentKey(identity.project(), component);
    LoopRunner runner = new LoopRunner(site, key, sessions, Who.process("gantryd run"));
    runners.add(runner);
    threads.add(Thread.ofVirtual().name("loop-" + component).start(() -> keepRunning(key, runner)));
  }

  /** A loop that fails is a defect, but must not silently leave its component alone. */
  private void keepRunning(ComponentKey key, LoopRunner runner) {
    while (stopped.getCount() > 0) {
      try {
        runner.runUntil(step -> false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("{}: the loop failed and starts again", key, e);
        site.listener().on(key, new RolloutEvent.Trouble(String.valueOf(e.getMessage())));
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (stopped.await(PRESENCE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("stopped while pausing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopLoops() throws InterruptedException {
    runners.forEach(LoopRunner::stop);
    for (Thread thread : threads) {
      if (!thread.join(STOP_LIMIT)) {
        thread.interrupt();
      }
    }
    runners.forEach(LoopRunner::close);
  }

  /** A restarted agent finds its own presence, which ends with its old lease. */
  private void requireOwnName() {
    Optional<Presence> other =
        awayIsEmpty().stream().filter(presence -> !isThisMachine(presence)).findFirst();
    if (other.isPresent()) {
      throw new GantryException(
          ErrorCode.BUSY,
          "another agent is there as machine '"
              + site.machine()
              + "', on host "
              + other.get().host()
              + " with state folder "
              + other.get().stateDir(),
          "give this one another name with --machine",
          null);
    }
  }

  /** While the coordinator is away nobody can be asked; the agent starts and waits for it. */
  private List<Presence> awayIsEmpty() {
    try {
      return presences.of(site.machine());
    } catch (GantryException e) {
      if (e.code() != ErrorCode.COORDINATOR_UNREACHABLE) {
        throw e;
      }
      tellAll(new RolloutEvent.Trouble(e.text() + "; trying again"));
      return List.of();
    }
  }

  /** Whoever left it set must not wonder. */
  private void warn(CrashPoint point) {
    String set = "-D" + CrashPoint.PROPERTY + "=" + point.label();
    tellAll(new RolloutEvent.Trouble("this process halts at a crash point: " + set));
  }

  private boolean isThisMachine(Presence presence) {
    return presence.host().equals(Who.host())
        && presence.stateDir().equals(site.stateDir().toString());
  }

  private void keepPresence() {
    try {
      Optional<Session> session = sessions.open();
      if (session.isPresent() && !session.get().id().equals(boundTo)) {
        presences.put(presence(), session.get());
        boundTo = session.get().id();
        runners.forEach(LoopRunner::wake);
      }
    } catch (GantryException e) {
      LOG.debug("presence not written: {}", e.text());
    }
  }

  private Presence presence() {
    return new Presence(
        site.machine(),
        identity.components(),
        Who.host(),
        site.stateDir().toString(),
        identity.version(),
        site.clock().wallTime());
  }

  private void tellAll(RolloutEvent event) {
    identity
        .components()
        .forEach(c -> site.listener().on(new ComponentKey(identity.project(), c), event));
  }
}
