/** Tests of what the rollout benchmark makes of what it saw. */
@NullMarked
package gantry.bench.rollout;

import org.jspecify.annotations.NullMarked;
