/**
 * For authors of health checks and termination signals: extend {@link
 * gantry.testkit.check.HealthCheckContract} for a check that uses the network, {@link
 * gantry.testkit.check.HealthCheckFactoryContract} for any other, {@link
 * gantry.testkit.check.TerminationSignalFactoryContract} for a signal. {@link
 * gantry.testkit.check.FakeTarget} and {@link gantry.testkit.check.ScriptedServer} serve the
 * author's own tests.
 */
@NullMarked
package gantry.testkit.check;

import org.jspecify.annotations.NullMarked;
