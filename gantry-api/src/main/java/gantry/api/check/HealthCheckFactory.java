package gantry.api.check;

import gantry.api.Fields;
import org.pf4j.ExtensionPoint;

/**
 * Adds one kind of health check. Has a public constructor without parameters that does no work. One
 * instance serves the whole process.
 */
public interface HealthCheckFactory extends ExtensionPoint {
  /** The word that {@code "kind"} in a configuration names; lower case, unique among plugins. */
  String kind();

  /**
   * Makes a check from its configured fields. Runs when the configuration is read, long before the
   * check does: every mistake belongs here, recorded through the getters of {@code fields}. Never
   * does I/O.
   *
   * @param fields the check's fields without {@code kind} and {@code timeout}, which the engine
   *     reads; fields that the factory does not ask for are reported as unknown
   */
  HealthCheck create(Fields fields);
}
