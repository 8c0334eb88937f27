package gantry.engine.store;

/**
 * An old container that waits for its last connection.
 *
 * @param container its brief id
 * @param oldestSeconds age of its oldest connection
 */
public record Drain(String container, long revision, long connections, long oldestSeconds) {}
