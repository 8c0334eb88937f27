package gantry.engine.store;

import java.time.Instant;

/**
 * What every machine is to converge to.
 *
 * @param revision the revision that runs when the status is ready
 * @param by who asked for it: user and host
 */
public record Desired(long revision, DesiredStatus status, String by, Instant at) {}
