/**
 * {@code gantry demo}: the whole product on this machine alone. Three agents, three proxies and the
 * sample component are real processes; what happens is judged from outside, by the demo's own
 * traffic and by watching processes. Start reading at {@link gantry.cli.demo.Demo}.
 */
@NullMarked
package gantry.cli.demo;

import org.jspecify.annotations.NullMarked;
