/** Expected outputs in files, for the tests of all parts of the engine. */
@NullMarked
package gantry.engine.golden;

import org.jspecify.annotations.NullMarked;
