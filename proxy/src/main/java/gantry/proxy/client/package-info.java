/**
 * A small blocking client of the proxy's control socket, over the JDK alone. Start with {@link
 * gantry.proxy.client.ProxyClient}.
 */
@NullMarked
package gantry.proxy.client;

import org.jspecify.annotations.NullMarked;
