/** What holds for all code of all modules: who may use whom, names, sizes. */
@NullMarked
package gantry.arch;

import org.jspecify.annotations.NullMarked;
