/**
 * The proxy under traffic: bad traffic, long runs and switches under load, against the real
 * process. HAProxy and nginx stand beside it where that says something.
 */
@NullMarked
package gantry.proxy.traffic;

import org.jspecify.annotations.NullMarked;
