package gantry.engine.exec;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.engine.config.ConfiguredCheck;
import gantry.engine.event.RolloutEvent;
import gantry.engine.plan.Action;
import gantry.engine.plan.ContainerView;
import gantry.engine.plan.Observation;
import gantry.engine.plan.ProxyView;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes its time: it is begun here, goes on beside the loop, and tells its end as an effect.
 * Every job ends by itself, within the limits of the driver and the checks.
 */
final class Jobs {
  /** A pull that takes longer than this has failed. */
  private static final Duration PULL_LIMIT = Duration.ofMinutes(30);

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private final Site site;
  private final ComponentKey key;
  private final Consumer<Effect> effects;

  /** Those under way that count, by revision: what nobody waits for any more may still end. */
  private final Map<Long, Object> pulls = new ConcurrentHashMap<>();

  Jobs(Site site, ComponentKey key, Consumer<Effect> effects) {
    this.site = site;
    this.key = key;
    this.effects = effects;
  }

  void pull(Revision revision) {
    effects.accept(new Effect.Pulling(revision.number(), 0, 0));
    tell(new RolloutEvent.Pulling(revision.image().reference(), 0, 0));
    Object pull = new Object();
    pulls.put(revision.number(), pull);
    site.jobs().execute(() -> end(revision, pull));
    CrashPoint.PULL_BEGUN.reached();
  }

  /** Hears no more of a pull that is under way: it would be told of a later one. */
  void abandonPull(long revision) {
    if (pulls.remove(revision) != null) {
      effects.accept(new Effect.PullLost(revision));
    }
  }

  private void end(Revision revision, Object pull) {
    Effect end = pulled(revision, pull);
    if (pulls.remove(revision.number(), pull)) {
      effects.accept(end);
    }
  }

  private Effect pulled(Revision revision, Object pull) {
    long number = revision.number();
    String image = revision.image().reference();
    try {
      site.driver()
          .pull(
              revision.image(),
              (done, total) -> {
                if (pull.equals(pulls.get(number))) {
                  effects.accept(new Effect.Pulling(number, done, total));
                  tell(new RolloutEvent.Pulling(image, done, total));
                }
              },
              PULL_LIMIT);
      CrashPoint.PULLED.reached();
      return new Effect.Pulled(number);
    } catch (GantryException e) {
      return e.code() == ErrorCode.ENGINE_UNREACHABLE
          ? new Effect.PullLost(number)
          : new Effect.PullFailed(number, e.text());
    } catch (RuntimeException e) {
      LOG.error("the driver failed to pull {}", image, e);
      return new Effect.PullFailed(number, "the driver failed: " + e);
    }
  }

  void check(Action.CheckReady action, Observation o) {
    ContainerView container = action.container();
    String life = container.life();
    List<ConfiguredCheck> checks = site.checks().ready(action.revision().spec());
    boolean first =
        Optional.ofNullable(o.memory().probes().get(life))
            .map(p -> p.reason().isEmpty() && !p.passed())
            .orElse(true);
    Target target = new Target(site.driver(), container.status(), connections(o, life));
    CheckRound round = new CheckRound(checks, target, first, this::tell, site.jobs());
    effects.accept(new Effect.Checking(life));
    site.jobs().execute(() -> effects.accept(new Effect.Checked(life, checked(round))));
    CrashPoint.CHECK_BEGUN.reached();
  }

  private static Optional<String> checked(CheckRound round) {
    Optional<String> failure = round.run();
    CrashPoint.CHECKED.reached();
    return failure;
  }

  private static OptionalLong connections(Observation o, String life) {
    return o.proxy() instanceof ProxyView.Up up
        ? OptionalLong.of(up.connections(life))
        : OptionalLong.empty();
  }

  void stop(ContainerId id, String reason, Duration grace) {
    effects.accept(new Effect.Stopping(id));
    tell(new RolloutEvent.Stopping(id.brief(), reason));
    end(id, () -> site.driver().stop(id, grace), CrashPoint.STOPPED);
    CrashPoint.STOP_BEGUN.reached();
  }

  void kill(ContainerId id) {
    effects.accept(new Effect.Stopping(id));
    tell(new RolloutEvent.Killing(id.brief()));
    end(id, () -> site.driver().kill(id), CrashPoint.KILLED);
    CrashPoint.KILL_BEGUN.reached();
  }

  private void end(ContainerId id, Runnable way, CrashPoint end) {
    site.jobs()
        .execute(
            () -> {
              try {
                way.run();
                end.reached();
                tell(new RolloutEvent.Ended(id.brief()));
              } catch (GantryException e) {
                tell(new RolloutEvent.Trouble(e.text()));
              } finally {
                effects.accept(new Effect.Stopped(id));
              }
            });
  }

  private void tell(RolloutEvent event) {
    site.listener().on(key, event);
  }
}
