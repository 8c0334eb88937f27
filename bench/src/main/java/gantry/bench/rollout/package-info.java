/**
 * What a rollout over many machines costs beside what containers and checks take: agents as {@code
 * gantryd run} has them, and a real etcd, with container engines and proxies in memory. Start at
 * {@link gantry.bench.rollout.RolloutBench}.
 */
@NullMarked
package gantry.bench.rollout;

import org.jspecify.annotations.NullMarked;
