/** Clients: wrk and iperf3, a holder of idle connections, and a check of what is answered. */
@NullMarked
package gantry.bench.load;

import org.jspecify.annotations.NullMarked;
