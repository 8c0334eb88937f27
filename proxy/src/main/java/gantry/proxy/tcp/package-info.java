/**
 * The data plane: accepts connections, gives each to a backend, copies bytes both ways and counts.
 * Start with {@link gantry.proxy.tcp.DataPlane}. What decides (table, picker, tallies) knows
 * nothing of Netty's channels, so that the path that moves bytes can be replaced alone.
 */
@NullMarked
package gantry.proxy.tcp;

import org.jspecify.annotations.NullMarked;
