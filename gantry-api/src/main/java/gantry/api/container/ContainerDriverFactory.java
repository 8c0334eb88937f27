package gantry.api.container;

import gantry.api.PluginContext;
import org.pf4j.ExtensionPoint;

/** Adds one kind of container driver. Has a public constructor without parameters. */
public interface ContainerDriverFactory extends ExtensionPoint {
  /** The word that {@code --driver} names. */
  String kind();

  /** Makes the driver without reaching for the engine: errors come from the first real call. */
  ContainerDriver create(PluginContext context);
}
