/**
 * A fleet as its users see it: three agents, real containers, real traffic, updates good and bad,
 * and processes that die. Start reading at {@link gantry.cli.fleet.RolloutIT}.
 */
@NullMarked
package gantry.cli.fleet;

import org.jspecify.annotations.NullMarked;
