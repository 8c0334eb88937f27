/** Long runs, many connections, stalled peers, and too few descriptors. */
@NullMarked
package gantry.proxy.traffic.endurance;

import org.jspecify.annotations.NullMarked;
