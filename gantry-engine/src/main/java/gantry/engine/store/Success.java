package gantry.engine.store;

import java.time.Instant;

/** Says that a machine took a revision: for the history. */
public record Success(long revision, String machine, Instant at) {}
