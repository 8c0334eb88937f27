/**
 * What both benchmarks stand on: a temp folder that ends everything in it, child processes, and
 * what the kernel says of processes and the machine. Start reading at {@link
 * gantry.bench.run.Scratch}.
 */
@NullMarked
package gantry.bench.run;

import org.jspecify.annotations.NullMarked;
