package gantry.api.check;

import gantry.api.Fields;
import org.pf4j.ExtensionPoint;

/** Adds one kind of termination signal. The rules of {@link HealthCheckFactory} apply. */
public interface TerminationSignalFactory extends ExtensionPoint {
  /** The word that {@code "kind"} in a configuration names; lower case, unique among plugins. */
  String kind();

  /** Makes a signal from its configured fields, recording every mistake; never does I/O. */
  TerminationSignal create(Fields fields);
}
