/** The docker driver alone, and against a real engine and a real registry. */
@NullMarked
package gantry.plugin.driver.docker;

import org.jspecify.annotations.NullMarked;
