package gantry.bench.rollout;

import java.lang.management.ManagementFactory;

/**
 * What all agents together weigh on this JVM.
 *
 * @param threads of the platform; the loops run on virtual ones
 * @param heapBytes live, after a collection
 */
record Burden(int threads, long heapBytes) {
  /** Now. */
  static Burden now() {
    System.gc();
    return new Burden(
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }
}
