/**
 * Decides what a machine does next for one component: {@link gantry.engine.plan.RolloutPlanner}
 * turns one {@link gantry.engine.plan.Observation} into a {@link gantry.engine.plan.Plan}. Pure:
 * nothing here reads a clock, draws a random number, starts a thread, opens a socket or logs.
 */
@NullMarked
package gantry.engine.plan;

import org.jspecify.annotations.NullMarked;
