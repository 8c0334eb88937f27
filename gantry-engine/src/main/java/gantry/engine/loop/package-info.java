/**
 * Observes, plans, executes, again and again: {@link gantry.engine.loop.ReconcileLoop} is one step
 * of it and knows no thread; {@link gantry.engine.loop.LoopRunner} drives it from events and
 * timers.
 */
@NullMarked
package gantry.engine.loop;

import org.jspecify.annotations.NullMarked;
