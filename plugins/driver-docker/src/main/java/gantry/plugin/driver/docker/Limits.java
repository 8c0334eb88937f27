package gantry.plugin.driver.docker;

import java.time.Duration;

/**
 * How long the engine may take.
 *
 * @param control for calls that only read, or that change little; an engine answers in milliseconds
 *     unless its disk is overloaded
 * @param change for calls that set up or take down a container, which copy files and wait for the
 *     kernel; also what ending one may take beyond its grace time
 * @param probe for finding out whether an engine that keeps us waiting answers anything at all
 */
record Limits(Duration control, Duration change, Duration probe) {
  static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(2));
}
