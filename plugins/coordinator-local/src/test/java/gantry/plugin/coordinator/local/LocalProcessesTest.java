package gantry.plugin.coordinator.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.coordination.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one store, and what is left of those that are killed. */
final class LocalProcessesTest {
  private static final int KILLS = 8;
  private static final int MAX_LINES_BEFORE_KILL = 60;

  @TempDir private Path stateDir;

  private Path folder() {
    return stateDir.resolve("coordinator");
  }

  private static long counter(LocalCoordinator store) {
    return store.get(StoreProcess.COUNTER).map(Entry::value).map(Long::parseLong).orElse(0L);
  }

  @Test
  void nothingThatWasAcknowledgedIsLostWhenWritersAreKilled() throws Exception {
    try (LocalCoordinator store = new LocalCoordinator(folder())) {
      long acknowledged = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        acknowledged = Math.max(acknowledged, countAndKill());
        long revision = store.list("/").revision();
        assertThat(counter(store)).as("after kill %d", kill).isGreaterThanOrEqualTo(acknowledged);
        // Only the counter was ever written, one revision each: nothing was lost or doubled.
        assertThat(revision).isEqualTo(counter(store) + 1);
      }
      assertThat(acknowledged).isGreaterThan(KILLS);
    }
  }

  /** Two writers contend; both are killed after a number of lines that nobody chose. */
  private long countAndKill() throws Exception {
    try (StoreProcess one = StoreProcess.counting(folder());
        StoreProcess two = StoreProcess.counting(folder())) {
      int lines = ThreadLocalRandom.current().nextInt(1, MAX_LINES_BEFORE_KILL);
      long last = 0;
      for (int i = 0; i < lines; i++) {
        last = Long.parseLong(one.line().orElseThrow());
      }
      one.kill();
      two.kill();
      return Math.max(last, Math.max(lastOf(one), lastOf(two)));
    }
  }

  /** What was acknowledged last; a line that was cut off is a smaller number. */
  private static long lastOf(StoreProcess writer) throws IOException {
    long last = 0;
    for (Optional<String> line = writer.line(); line.isPresent(); line = writer.line()) {
      last = Math.max(last, line.get().isEmpty() ? 0 : Long.parseLong(line.get()));
    }
    return last;
  }

  @Test
  void theKeysOfAKilledProcessGoAtOnceAndItsWatchersWake() throws Exception {
    try (LocalCoordinator store = new LocalCoordinator(folder());
        StoreProcess holder = StoreProcess.holding(folder())) {
      assertThat(holder.line()).contains("held");
      assertThat(store.get(StoreProcess.HELD)).isPresent();
      AtomicInteger wakes = new AtomicInteger();
      store.watch(StoreProcess.HELD, wakes::incrementAndGet);
      Awaitility.await("a watch in place").until(() -> wakes.get() > 0);
      int before = wakes.get();
      holder.kill();
      Awaitility.await("a wake").atMost(Duration.ofSeconds(2)).until(() -> wakes.get() > before);
      assertThat(store.get(StoreProcess.HELD)).isEmpty();
      try (var leases = Files.list(folder().resolve("leases"))) {
        assertThat(leases).isEmpty();
      }
    }
  }

  @Test
  void theWritesOfAnotherProcessWake() throws Exception {
    try (LocalCoordinator store = new LocalCoordinator(folder());
        StoreProcess writer = StoreProcess.counting(folder())) {
      AtomicInteger wakes = new AtomicInteger();
      store.watch("/", wakes::incrementAndGet);
      assertThat(writer.line()).isPresent();
      Awaitility.await("wakes while the other process writes")
          .atMost(Duration.ofSeconds(5))
          .until(() -> wakes.get() > 10);
    }
  }
}
