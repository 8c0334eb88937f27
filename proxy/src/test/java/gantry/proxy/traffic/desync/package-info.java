/**
 * Malformed and ambiguous requests: does a proxy ever hand a backend bytes that some server would
 * split into another number of requests than the proxy did? Start with {@link
 * gantry.proxy.traffic.desync.DesyncIT}.
 */
@NullMarked
package gantry.proxy.traffic.desync;

import org.jspecify.annotations.NullMarked;
