package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.testkit.server.EtcdCluster;
import gantry.testkit.server.EtcdMember;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One member of three is lost or stands still: a client of all of them goes on. */
final class EtcdFailoverIT {
  private static final Duration TTL = Duration.ofSeconds(6);

  /** Until a connection to a member that stands still is dropped (12 s), and one call. */
  private static final Duration GAP_LIMIT = Duration.ofSeconds(18);

  private static @Nullable EtcdCluster started;

  @BeforeAll
  static void start() {
    started = EtcdCluster.start();
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static EtcdCluster cluster() {
    if (started == null) {
      throw new IllegalStateException("etcd was not started");
    }
    return started;
  }

  private static EtcdCoordinator connect(String endpoints) {
    return new EtcdCoordinator(EtcdAccess.open(endpoints), Clock.SYSTEM);
  }

  private static FailoverLoad load(String prefix) {
    return new FailoverLoad(connect(cluster().endpoints()), prefix, TTL);
  }

  @Test
  void aKilledLeaderIsReplacedAndComesBackWithItsData() {
    EtcdMember leader = cluster().leader();
    try (FailoverLoad load = load("/killed/");
        EtcdCoordinator ofOne = connect(leader.endpoint())) {
      leader.kill();
      load.awaitMore(100);
      leader.restart();
      long before = load.count();
      assertThat(FailoverLoad.countSeenBy(ofOne, "/killed/")).isGreaterThanOrEqualTo(before);
      load.awaitMore(100);
      load.sessions().assertAllHeld("leader killed, and restarted");
      load.judge("leader killed, and restarted", GAP_LIMIT);
    }
  }

  @Test
  void aLeaderThatStandsStillUntilAnotherIsElectedEndsNoSession() {
    EtcdMember leader = cluster().leader();
    try (FailoverLoad load = load("/paused/")) {
      leader.pause();
      try {
        assertThat(cluster().leader()).isNotEqualTo(leader);
      } finally {
        leader.resume();
      }
      load.awaitMore(100);
      load.sessions().assertAllHeld("leader paused until another was there");
      load.judge("leader paused until another was there, and resumed", GAP_LIMIT);
    }
  }

  /**
   * A leader of etcd before 3.4.31 or 3.5.13 that goes on as if it still led ends all leases whose
   * renewals it slept through, on the new leader's account as well. That must be told, and cost
   * nothing else.
   */
  @Test
  void aLeaderThatStandsStillForLongerThanALeaseEndsNoSessionMeanwhile() {
    EtcdMember leader = cluster().leader();
    try (FailoverLoad load = load("/long/")) {
      leader.pause();
      try {
        awaitMoreThanALease();
        load.sessions().assertAllHeld("leader paused");
      } finally {
        leader.resume();
      }
      load.awaitMore(100);
      load.sessions().assertAgreed("leader resumed");
      load.judge("leader paused for longer than a lease, and resumed", GAP_LIMIT);
    }
  }

  private static void awaitMoreThanALease() {
    long start = Clock.SYSTEM.monotonicNanos();
    Awaitility.await("more than a lease")
        .atMost(TTL.multipliedBy(3))
        .until(() -> Clock.SYSTEM.since(start).compareTo(TTL.plusSeconds(2)) > 0);
  }
}
