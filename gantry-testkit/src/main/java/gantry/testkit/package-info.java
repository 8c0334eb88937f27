/**
 * What tests of Gantry and of its plugins share. {@link gantry.testkit.ManualClock} gives a test
 * its own time; {@code coordination} and its sister packages hold, per extension point, the
 * contract that every implementation passes and a twin in memory; {@code server} starts real
 * servers.
 */
@NullMarked
package gantry.testkit;

import org.jspecify.annotations.NullMarked;
