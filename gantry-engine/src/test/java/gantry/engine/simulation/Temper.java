package gantry.engine.simulation;

import gantry.engine.spec.DrainSpec;
import java.time.Duration;

/**
 * What kind of world a seed makes: how large, and how likely each kind of trouble is. Some worlds
 * have no trouble of a kind at all, so that the others can go far.
 *
 * @param ticks how much happens before the calm
 * @param sharedEngine whether all machines run their containers on one engine
 * @param crash of an agent, per call that changes something
 * @param lost of the answer to a call or of the call itself
 * @param refused by the engine, the registry or the proxy, per call
 * @param between that others act while a call is under way
 * @param stall of an agent in the middle of a call
 * @param outage that something goes away, per tick
 * @param command of a user, per tick
 * @param hint lost or late, per event
 */
record Temper(
    int machines,
    int maxParallel,
    Duration minHealthy,
    int ticks,
    boolean sharedEngine,
    double crash,
    double lost,
    double refused,
    double between,
    double stall,
    double outage,
    double command,
    double hint) {
  static Temper of(Dice dice) {
    return new Temper(
        1 + dice.below(5),
        1 + dice.below(10) / 7,
        dice.any(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(8)),
        80 + dice.below(240),
        dice.chance(0.25),
        0.01 * level(dice),
        0.01 * level(dice),
        0.006 * level(dice),
        0.03 * level(dice),
        0.01 * level(dice),
        0.02 * level(dice),
        0.025 * (0.5 + level(dice)),
        0.1 * level(dice));
  }

  /** A world without any trouble. */
  static Temper calm(int machines) {
    return new Temper(machines, 1, Duration.ZERO, 0, false, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * How long drains may take; told by what was drawn already, so that seeds stay what they were.
   */
  DrainSpec drain() {
    return ticks % 3 == 0
        ? new DrainSpec(Duration.ofSeconds(15), Duration.ZERO)
        : DrainSpec.DEFAULT;
  }

  /**
   * Whether the user tries updates on some machines first, pauses them and takes them back; told
   * like the drains.
   */
  boolean careful() {
    return ticks % 4 == 1;
  }

  /** Whether nothing may run beside a new container; told like the drains. */
  boolean stopFirst() {
    return ticks % 8 == 3;
  }

  /** How long an update may stand still; told like the drains. */
  Duration progressDeadline() {
    return ticks % 5 == 2 ? Duration.ofMinutes(1) : Duration.ZERO;
  }

  private static double level(Dice dice) {
    return dice.any(0.0, 0.3, 1.0, 1.0, 2.5);
  }
}
