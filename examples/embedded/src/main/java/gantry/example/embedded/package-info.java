/** Gantry inside a program of your own. */
@NullMarked
package gantry.example.embedded;

import org.jspecify.annotations.NullMarked;
