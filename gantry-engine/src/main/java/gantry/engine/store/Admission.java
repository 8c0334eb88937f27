package gantry.engine.store;

import java.time.Instant;

/**
 * Says that a machine was given a slot and has not yet said how that ended. Unlike the slot it does
 * not end with its holder: while it stands nobody else gets the slot, so that a silent machine
 * counts as not healthy instead of as finished.
 */
public record Admission(String machine, long revision, Instant at) {}
