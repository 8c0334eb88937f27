/** Tests of the shipped checks and signals, on loopback. */
@NullMarked
package gantry.plugin.checks;

import org.jspecify.annotations.NullMarked;
