/**
 * What a container driver must do, as tests, and a driver in memory that does it.
 *
 * <p>A driver's author extends {@link gantry.testkit.container.ContainerDriverContract} and writes
 * one {@link gantry.testkit.container.ContainerRig}. Tests of everything above drivers use {@link
 * gantry.testkit.container.InMemoryDriver}, which passes the same contract.
 */
@NullMarked
package gantry.testkit.container;

import org.jspecify.annotations.NullMarked;
