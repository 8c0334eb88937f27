package gantry.api.proxy;

import gantry.api.PluginContext;
import org.pf4j.ExtensionPoint;

/** Adds one kind of proxy. Has a public constructor without parameters. */
public interface ProxyFactory extends ExtensionPoint {
  /** The word that names it. */
  String kind();

  /** Makes the handle to this machine's proxy without starting or reaching it. */
  Proxy create(PluginContext context);
}
