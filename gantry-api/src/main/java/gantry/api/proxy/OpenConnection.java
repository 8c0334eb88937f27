package gantry.api.proxy;

import java.time.Duration;

/**
 * One open connection through the proxy.
 *
 * @param owner whose backend has it
 * @param listener where it came in, {@code HOST:PORT}; empty when that cannot be told
 * @param client the client's address and port; empty when it is gone
 * @param idle since the last byte in either direction
 * @param bytesIn from the client
 * @param bytesOut to the client
 */
public record OpenConnection(
    String owner,
    String backend,
    String listener,
    String client,
    Duration age,
    Duration idle,
    long bytesIn,
    long bytesOut) {}
