/**
 * The proxies that are compared, each with the configuration that it gets, and the server behind
 * them. {@link gantry.bench.peer.Peers} lists them.
 */
@NullMarked
package gantry.bench.peer;

import org.jspecify.annotations.NullMarked;
