/**
 * Carries out plans: {@link gantry.engine.exec.PlanExecutor} does one action at a time and decides
 * nothing; what takes long goes on beside it and reports back as {@link
 * gantry.engine.exec.Effect}s.
 */
@NullMarked
package gantry.engine.exec;

import org.jspecify.annotations.NullMarked;
