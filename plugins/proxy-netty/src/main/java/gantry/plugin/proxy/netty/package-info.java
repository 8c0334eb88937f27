/**
 * Starts and steers gantry-proxy, the data plane in a process of its own. Start with {@link
 * gantry.plugin.proxy.netty.NettyProxyFactory}.
 */
@NullMarked
package gantry.plugin.proxy.netty;

import org.jspecify.annotations.NullMarked;
