/**
 * The command lines {@code gantry} and {@code gantryd}: one file for each command, which parses its
 * arguments, calls the engine, and shows what came of it. No decisions are made here.
 */
@NullMarked
package gantry.cli;

import org.jspecify.annotations.NullMarked;
