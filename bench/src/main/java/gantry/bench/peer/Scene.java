package gantry.bench.peer;

/**
 * What a proxy is to do.
 *
 * @param loops event loops, threads or workers, whatever the proxy has
 * @param connections most client connections at once
 * @param backendPort where requests go
 */
public record Scene(Layer layer, int loops, int connections, int backendPort) {}
