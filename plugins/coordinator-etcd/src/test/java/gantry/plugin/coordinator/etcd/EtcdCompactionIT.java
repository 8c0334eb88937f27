package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.Clock;
import gantry.api.GantryException;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.testkit.server.EtcdCluster;
import gantry.testkit.server.EtcdMember;
import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a watch has not seen is compacted away while its member is behind, or gone. */
final class EtcdCompactionIT {
  /** Sooner than the watch's wakes at intervals, which would come in any case. */
  private static final Duration WAKE_LIMIT = Duration.ofSeconds(20);

  private final EtcdCluster cluster = EtcdCluster.start();
  private final EtcdMember member = cluster.others(cluster.leader()).getFirst();
  private final EtcdCoordinator ofOne = connect(member.endpoint());
  private final EtcdCoordinator ofOthers = connect(endpointsOfOthers());
  private final AtomicInteger wakes = new AtomicInteger();

  private String endpointsOfOthers() {
    return String.join(",", cluster.others(member).stream().map(EtcdMember::endpoint).toList());
  }

  private static EtcdCoordinator connect(String endpoints) {
    return new EtcdCoordinator(EtcdAccess.open(endpoints), Clock.SYSTEM);
  }

  @AfterEach
  void close() {
    ofOne.close();
    ofOthers.close();
    cluster.close();
  }

  @Test
  void aWatchOfAMemberThatIsBehindWakes() throws Exception {
    missesWhatIsCompacted("paused", EtcdMember::pause, EtcdMember::resume);
  }

  @Test
  void aWatchOfAMemberThatIsGoneWakes() throws Exception {
    missesWhatIsCompacted("killed", EtcdMember::kill, EtcdMember::restart);
  }

  private void missesWhatIsCompacted(
      String fault, Consumer<EtcdMember> goes, Consumer<EtcdMember> comes) throws Exception {
    ofOne.watch("/k", wakes::incrementAndGet);
    put("before");
    await("a first wake", () -> wakes.get() > 0 && sees("before"));
    goes.accept(member);
    for (int i = 0; i < 100; i++) {
      put("missed " + i);
    }
    compact();
    int before = wakes.get();
    comes.accept(member);
    long start = Clock.SYSTEM.monotonicNanos();
    await("a wake after the gap", () -> wakes.get() > before);
    System.out.printf(
        "member %s while what its watch had not seen was compacted: woke %d ms after its return%n",
        fault, Clock.SYSTEM.since(start).toMillis());
    await("the newest value", () -> sees("missed 99"));
    for (int i = 0; i < 3; i++) {
      int settled = wakes.get();
      put("after " + i);
      await("a wake for each change", () -> wakes.get() > settled);
      assertThat(sees("after " + i)).isTrue();
    }
  }

  private void put(String value) {
    ofOthers.commit(new Transaction(List.of(), List.of(Write.put("/k", value))));
  }

  private boolean sees(String value) {
    try {
      return ofOne.get("/k").filter(entry -> entry.value().equals(value)).isPresent();
    } catch (GantryException e) {
      return false; // its member is not back yet
    }
  }

  private void compact() throws Exception {
    try (Client admin = Client.builder().endpoints(endpointsOfOthers().split(",", -1)).build()) {
      long revision = ofOthers.list("/").revision();
      admin.getKVClient().compact(revision).get(5, TimeUnit.SECONDS);
    }
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(WAKE_LIMIT).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
