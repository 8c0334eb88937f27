/**
 * What the proxy and its client say to each other: routes, status, lines of JSON and the files of
 * the state folder. Start with {@link gantry.proxy.wire.WireRoute}.
 */
@NullMarked
package gantry.proxy.wire;

import org.jspecify.annotations.NullMarked;
