/**
 * The benchmark {@code bench/deploy-loss}: how many connections proxies lose when traffic is
 * switched from one backend to another. Start reading at {@link gantry.bench.deploy.SwitchRun}.
 */
@NullMarked
package gantry.bench.deploy;

import org.jspecify.annotations.NullMarked;
