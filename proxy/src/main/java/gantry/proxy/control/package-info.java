/**
 * Steers the data plane: takes commands from the control socket, changes routes all or nothing,
 * keeps them on disk. Start with {@link gantry.proxy.control.ProxyProcess}, then {@code Steering}.
 */
@NullMarked
package gantry.proxy.control;

import org.jspecify.annotations.NullMarked;
