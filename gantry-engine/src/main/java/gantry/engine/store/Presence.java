package gantry.engine.store;

import java.time.Instant;

/**
 * Says that an agent is there; bound to its session.
 *
 * @param stateDir with the host, tells a restarted agent from a second one of the same name
 */
public record Presence(String machine, String host, String stateDir, String version, Instant at) {}
