/** The twin driver against its contract, and what only the twin can do. */
@NullMarked
package gantry.testkit.container;

import org.jspecify.annotations.NullMarked;
