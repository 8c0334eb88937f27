/** Clients that take their time on purpose. */
@NullMarked
package gantry.proxy.traffic.slow;

import org.jspecify.annotations.NullMarked;
