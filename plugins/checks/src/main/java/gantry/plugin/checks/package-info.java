/**
 * The health checks and termination signals that ship with Gantry.
 *
 * <p>Each kind is one {@code ...Factory}, which reads the configured fields, and one record that
 * does the work. All of them reach the network through {@link
 * gantry.plugin.checks.TimedConnection}, which holds them to their timeout.
 */
@NullMarked
package gantry.plugin.checks;

import org.jspecify.annotations.NullMarked;
