/** What the user declared: the values that a {@code .gantry} file is read into. */
@NullMarked
package gantry.engine.spec;

import org.jspecify.annotations.NullMarked;
