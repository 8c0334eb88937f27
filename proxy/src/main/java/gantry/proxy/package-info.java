/**
 * The data plane as a process: {@link gantry.proxy.ProxyMain} runs it, {@link gantry.proxy.client}
 * talks to it. It serves owners, opaque texts, who set routes; it knows nothing of what is deployed
 * and imports no other Gantry module. What may be used from outside: {@code ProxyMain}, the client
 * and the values in {@link gantry.proxy.wire}.
 */
@NullMarked
package gantry.proxy;

import org.jspecify.annotations.NullMarked;
