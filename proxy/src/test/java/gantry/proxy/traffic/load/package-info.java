/** Clients and backends that make traffic, over plain sockets and without libraries. */
@NullMarked
package gantry.proxy.traffic.load;

import org.jspecify.annotations.NullMarked;
