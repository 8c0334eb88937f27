/** The process driver with real processes: {@code sh} and {@code busybox} must be on the path. */
@NullMarked
package gantry.plugin.driver.process;

import org.jspecify.annotations.NullMarked;
