/**
 * Health checks and termination signals. An author implements {@link
 * gantry.api.check.HealthCheckFactory}, annotates it with PF4J's {@code @Extension}, and names its
 * kind in {@code .gantry}.
 */
@NullMarked
package gantry.api.check;

import org.jspecify.annotations.NullMarked;
