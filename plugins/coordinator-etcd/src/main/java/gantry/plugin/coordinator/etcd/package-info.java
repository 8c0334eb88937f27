/**
 * The coordinator {@code etcd}: machines share an etcd cluster, through jetcd.
 *
 * <p>Start at {@link gantry.plugin.coordinator.etcd.EtcdCoordinator}. jetcd's own retries, lease
 * keep-alive and watch resumption are not used: the first repeats what may have happened, the
 * second measures by the wall clock, and the third can stop without a word. What is used of it is
 * one request at a time, each with a deadline.
 */
@NullMarked
package gantry.plugin.coordinator.etcd;

import org.jspecify.annotations.NullMarked;
