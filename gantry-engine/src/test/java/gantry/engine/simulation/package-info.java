/**
 * The real planner, executor and loop of several machines on one thread, driven by a seed through
 * every fault that the rollout is to survive. Start reading at {@link
 * gantry.engine.simulation.Simulation}.
 */
@NullMarked
package gantry.engine.simulation;

import org.jspecify.annotations.NullMarked;
