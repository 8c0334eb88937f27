package gantry.proxy.http;

import gantry.proxy.tcp.Tally;
import gantry.proxy.tcp.Worker;

/** The place of an upgraded connection in its backend's count, until both sides are closed. */
final class UpgradedLease {
  private final Worker worker;
  private final Tally.Lease lease;
  private int open = 2;

  UpgradedLease(Worker worker, Tally.Lease lease) {
    this.worker = worker;
    this.lease = lease;
  }

  void sideClosed() {
    open--;
    if (open == 0) {
      worker.end(lease);
    }
  }
}
