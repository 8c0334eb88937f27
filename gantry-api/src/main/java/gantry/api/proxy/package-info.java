/**
 * The data plane as the engine sees it: owners set routes, and the proxy says how many connections
 * each backend has. {@link gantry.api.proxy.Proxy} is what a proxy plugin implements; {@code
 * ProxyContract} in gantry-testkit is what it must pass.
 */
@NullMarked
package gantry.api.proxy;

import org.jspecify.annotations.NullMarked;
