/** How the commands read what they are given, and what they say. */
@NullMarked
package gantry.cli;

import org.jspecify.annotations.NullMarked;
