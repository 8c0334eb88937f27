package gantry.engine.spec;

import gantry.api.proxy.RouteKind;

/**
 * A port of the machine and the container port behind it.
 *
 * @param external where the proxy listens, 1 to 65535
 * @param container where the container listens, 1 to 65535
 */
public record PortSpec(int external, int container, RouteKind kind) {}
