package gantry.engine.spec;

import gantry.api.proxy.RouteKind;
import gantry.api.proxy.RouteOptions;

/**
 * A port of the machine and the container port behind it.
 *
 * @param external where the proxy listens, 1 to 65535
 * @param container where the container listens, 1 to 65535
 * @param options how the proxy treats its connections
 */
public record PortSpec(int external, int container, RouteKind kind, RouteOptions options) {
  /** Fills in the options that revisions from before there were any do not have. */
  public PortSpec {
    options = options == null ? RouteOptions.DEFAULT : options;
  }

  /** A port whose options are all the default. */
  public PortSpec(int external, int container, RouteKind kind) {
    this(external, container, kind, RouteOptions.DEFAULT);
  }
}
