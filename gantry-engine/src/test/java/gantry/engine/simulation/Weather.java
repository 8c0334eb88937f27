package gantry.engine.simulation;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerDriver;
import gantry.api.coordination.Coordinator;
import gantry.engine.simulation.Gate.Call;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What one agent's calls meet: crashes, stalls, lost answers, refusals, and others that act. */
final class Weather {
  /**
   * Between the look at its lease and the switch an agent must not stall longer than its margin (5
   * s, or half of the lease): that is what the margin is for.
   */
  private static final Duration SHORT_STALL = Duration.ofMillis(4_900);

  /** Calls that an agent makes right after it looked at its lease. */
  private static final Set<String> FENCED = Set.of("apply", "create", "start");

  private static final Duration LONG_STALL = Life.LEASE.multipliedBy(3);

  private final Life life;
  private final World world;
  private final Dice dice;

  Weather(Life life) {
    this.life = life;
    this.world = life.machine.world;
    this.dice = world.dice;
  }

  void before(Call call) {
    if (goesOnWithoutUs()) {
      return;
    }
    if (!world.isCalm()) {
      othersAct(call);
      crashes(call, "before");
    }
    requireAnswer(call);
    if (!world.isCalm() && dice.chance(world.temper.refused())) {
      throw refusal(call);
    }
    if (!world.isCalm() && dice.chance(world.temper.lost()) && call.name().equals("commit")) {
      throw fault(ErrorCode.OUTCOME_UNKNOWN, call, "did not arrive");
    }
  }

  void after(Call call) {
    if (goesOnWithoutUs() || world.isCalm()) {
      return;
    }
    crashes(call, "after");
    if (call.isEffect() && dice.chance(world.temper.lost())) {
      throw fault(unknown(call), call, "has an effect, but its answer is lost");
    }
    if (dice.chance(world.temper.between())) {
      world.meanwhile(1 + dice.below(5), Duration.ofSeconds(10));
    }
    requireLife(call);
  }

  /** The engine goes on with what a dead agent asked for. */
  private boolean goesOnWithoutUs() {
    return life.isDead() && world.inJobOf(life);
  }

  private void othersAct(Call call) {
    requireLife(call);
    boolean fenced = FENCED.contains(call.name());
    if (dice.chance(world.temper.stall())) {
      stall(dice.upTo(fenced ? SHORT_STALL : LONG_STALL));
    } else if (dice.chance(world.temper.between())) {
      world.meanwhile(1 + dice.below(5), fenced ? SHORT_STALL : Duration.ofSeconds(10));
    }
    requireLife(call);
  }

  private void stall(Duration time) {
    world.trace.say(() -> life.name + " stands still for " + time);
    life.freeze(time);
    long end = world.clock.monotonicNanos() + time.toNanos();
    world.meanwhile(8 + dice.below(24), time);
    world.advanceTo(end);
    life.thaw();
  }

  private void requireLife(Call call) {
    if (life.isDead()) {
      throw new Crash(call.toString());
    }
  }

  private void crashes(Call call, String when) {
    if (call.isEffect() && dice.chance(world.temper.crash())) {
      world.trace.say(() -> life.name + " crashes " + when + " " + call);
      life.machine.kill(life);
      world.timers.in(restartsAfter(), life.machine::startAgent);
      throw new Crash(call.toString());
    }
  }

  private Duration restartsAfter() {
    return dice.chance(0.7) ? dice.upTo(Duration.ofSeconds(3)) : dice.seconds(3, 60);
  }

  private void requireAnswer(Call call) {
    boolean driver = call.part() == ContainerDriver.class;
    if (driver && life.machine.engineMute) {
      throw fault(ErrorCode.ENGINE_UNREACHABLE, call, "gets no answer");
    }
    boolean proxy = call.part() == gantry.api.proxy.Proxy.class;
    if (proxy && life.machine.proxyMute && life.machine.proxy.isRunning()) {
      throw fault(ErrorCode.PROXY_UNREACHABLE, call, "gets no answer");
    }
  }

  private GantryException refusal(Call call) {
    List<ErrorCode> codes =
        switch (call.name()) {
          case "pull" -> List.of(ErrorCode.ENGINE_UNREACHABLE, ErrorCode.REGISTRY_UNREACHABLE);
          case "create" ->
              List.of(
                  ErrorCode.ENGINE_UNREACHABLE,
                  ErrorCode.ENGINE_REFUSED,
                  ErrorCode.IMAGE_NOT_FOUND);
          case "stop", "kill", "remove" ->
              List.of(ErrorCode.ENGINE_UNREACHABLE, ErrorCode.ENGINE_REFUSED);
          case "apply" -> List.of(ErrorCode.PROXY_UNREACHABLE, ErrorCode.LISTENER_TAKEN);
          case "commit" -> List.of(ErrorCode.COORDINATOR_UNREACHABLE);
          default -> List.of(unknown(call));
        };
    return fault(dice.any(codes), call, "is refused");
  }

  /** What an agent hears that does not know what became of a call. */
  private static ErrorCode unknown(Call call) {
    if (call.part() == ContainerDriver.class) {
      return ErrorCode.ENGINE_UNREACHABLE;
    }
    if (call.part() != Coordinator.class) {
      return ErrorCode.PROXY_UNREACHABLE;
    }
    return call.name().equals("commit")
        ? ErrorCode.OUTCOME_UNKNOWN
        : ErrorCode.COORDINATOR_UNREACHABLE;
  }

  private GantryException fault(ErrorCode code, Call call, String what) {
    world.trace.say(() -> life.name + ": " + call + " " + what + " (" + code + ")");
    return new GantryException(code, call + " " + what + " (scripted)");
  }
}
