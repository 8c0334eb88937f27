/** The proxies that tests send traffic to, each as a process of its own. */
@NullMarked
package gantry.proxy.traffic.server;

import org.jspecify.annotations.NullMarked;
