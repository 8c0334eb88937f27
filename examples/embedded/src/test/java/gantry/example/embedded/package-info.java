/** Runs the example as a program would. */
@NullMarked
package gantry.example.embedded;

import org.jspecify.annotations.NullMarked;
