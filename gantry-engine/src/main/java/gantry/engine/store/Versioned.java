package gantry.engine.store;

/** A stored value with the revisions that guard writes to it. */
public record Versioned<T>(T value, long createRevision, long modRevision) {}
