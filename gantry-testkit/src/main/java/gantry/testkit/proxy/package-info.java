/**
 * What every proxy must do, and a twin that does it without sockets. {@link
 * gantry.testkit.proxy.ProxyContract} holds for all; {@link
 * gantry.testkit.proxy.SocketProxyContract} adds what only real bytes can show; {@link
 * gantry.testkit.proxy.InMemoryProxy} is the twin.
 */
@NullMarked
package gantry.testkit.proxy;

import org.jspecify.annotations.NullMarked;
