/**
 * The benchmark {@code bench/proxy}: rates, CPU time, latencies and memory of proxies, side by side
 * in one run. Start reading at {@link gantry.bench.speed.SpeedBench}.
 */
@NullMarked
package gantry.bench.speed;

import org.jspecify.annotations.NullMarked;
