/**
 * The store that machines share. {@link gantry.api.coordination.Coordinator} is what a coordinator
 * plugin implements; {@code CoordinatorContract} in gantry-testkit is what it must pass.
 */
@NullMarked
package gantry.api.coordination;

import org.jspecify.annotations.NullMarked;
