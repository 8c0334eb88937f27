/**
 * Coordinators under test. {@link gantry.testkit.coordination.CoordinatorContract} is what every
 * coordinator plugin must pass; {@link gantry.testkit.coordination.InMemoryStore} and its clients
 * are the twin for tests of code that uses a coordinator: deterministic, on a clock of the test's
 * own, with faults on demand.
 */
@NullMarked
package gantry.testkit.coordination;

import org.jspecify.annotations.NullMarked;
