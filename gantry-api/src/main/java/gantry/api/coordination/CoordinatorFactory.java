package gantry.api.coordination;

import gantry.api.PluginContext;
import org.pf4j.ExtensionPoint;

/** Adds one kind of coordinator. Has a public constructor without parameters. */
public interface CoordinatorFactory extends ExtensionPoint {
  /** The word that {@code --coordinator} names. */
  String kind();

  /** Makes the coordinator without reaching for the store: errors come from the first call. */
  Coordinator create(PluginContext context);
}
