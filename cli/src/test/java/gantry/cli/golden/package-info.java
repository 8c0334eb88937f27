/** Whole answers in files beside the tests. */
@NullMarked
package gantry.cli.golden;

import org.jspecify.annotations.NullMarked;
