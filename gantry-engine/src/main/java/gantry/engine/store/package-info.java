/**
 * What machines share, as typed values over the coordinator. {@link gantry.engine.store.Keys} says
 * where each value stands, {@link gantry.engine.store.RolloutStore} reads and takes the user's
 * commands, {@link gantry.engine.store.MachineStore} makes a machine's own transactions.
 */
@NullMarked
package gantry.engine.store;

import org.jspecify.annotations.NullMarked;
