/** WebSockets through the proxy, by the Autobahn test suite. */
@NullMarked
package gantry.proxy.traffic.websocket;

import org.jspecify.annotations.NullMarked;
