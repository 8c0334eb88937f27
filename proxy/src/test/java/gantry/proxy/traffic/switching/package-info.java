/** Switches between backends, and backends that die, under load. */
@NullMarked
package gantry.proxy.traffic.switching;

import org.jspecify.annotations.NullMarked;
