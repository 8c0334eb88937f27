package gantry.plugin.coordinator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.PluginContext;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the files, and what happens when they are not as they should be. */
final class LocalStoreTest {
  @TempDir private Path stateDir;

  private Path file() {
    return stateDir.resolve("coordinator/store.json");
  }

  private Coordinator open() {
    return new LocalCoordinatorFactory()
        .create(new PluginContext(stateDir, "a", Map.of(), Clock.SYSTEM));
  }

  private static Transaction put(Write... writes) {
    return new Transaction(List.of(), List.of(writes));
  }

  @Test
  void makingACoordinatorTouchesNothing() throws IOException {
    open().close();
    try (var files = Files.list(stateDir)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void keysAndTheRevisionSurviveTheProcess() {
    long revision;
    try (Coordinator store = open()) {
      store.commit(put(Write.put("/a", "1")));
      store.commit(put(Write.put("/b", "2")));
      revision = store.list("/").revision();
    }
    try (Coordinator store = open()) {
      assertThat(store.list("/").revision()).isEqualTo(revision);
      assertThat(store.list("/").entries()).hasSize(2);
      store.commit(put(Write.delete("/b")));
      assertThat(store.list("/").revision()).isEqualTo(revision + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "null",
        "{\"format\":2,\"revision\":3,\"entries\":[]}",
        "{\"format\":1,\"revision\":3,\"entries\":[[\"/a\",\"1\",2,2",
        "{\"format\":1,\"revision\":3,\"entries\":[[\"/a\",\"1\",2]]}",
        "{\"format\":1,\"revision\":3,\"entries\":[]}x",
      })
  void aDamagedFileIsNamedAndLeftAlone(String content) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), content);
    try (Coordinator store = open()) {
      assertThatThrownBy(() -> store.get("/a"))
          .isInstanceOfSatisfying(
              GantryException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.COORDINATOR_UNREACHABLE))
          .hasMessageContaining(file() + " is damaged");
      assertThatThrownBy(() -> store.commit(put(Write.put("/a", "2"))))
          .hasMessageContaining("damaged");
    }
    assertThat(Files.readString(file())).isEqualTo(content);
  }

  @Test
  void aHalfWrittenSuccessorOfTheFileIsIgnored() throws IOException {
    try (Coordinator store = open()) {
      store.commit(put(Write.put("/a", "1")));
      Files.writeString(file().resolveSibling("store.json.new"), "{\"format\":1,\"rev");
      assertThat(store.get("/a")).isPresent();
      store.commit(put(Write.put("/a", "2")));
      assertThat(store.get("/a").orElseThrow().value()).isEqualTo("2");
    }
  }

  @Test
  void aRestartOfTheMachineEndsAllSessions() throws IOException {
    try (Coordinator store = open();
        Session session = store.openSession(Duration.ofHours(1))) {
      store.commit(put(Write.put("/a", "1", session)));
      Path lease = file().resolveSibling("leases").resolve(session.id());
      String line = Files.readString(lease);
      Files.writeString(lease, line.replace(Machine.bootId(), "0".repeat(36)));
      assertThat(store.get("/a")).isEmpty();
    }
  }

  @Test
  void aPidThatWasGivenToAnotherProcessKeepsNoSession() throws IOException {
    try (Coordinator store = open();
        Session session = store.openSession(Duration.ofHours(1))) {
      store.commit(put(Write.put("/a", "1", session)));
      Path lease = file().resolveSibling("leases").resolve(session.id());
      String start = Machine.startTime(ProcessHandle.current().pid()).orElseThrow();
      Files.writeString(lease, Files.readString(lease).replace(" " + start + " ", " 1 "));
      assertThat(store.get("/a")).isEmpty();
    }
  }

  @Test
  void aSessionWhoseLeaseIsGoneIsFoundLost() throws IOException {
    try (Coordinator store = open();
        Session session = store.openSession(Duration.ofMillis(900))) {
      var lost = new java.util.concurrent.CountDownLatch(1);
      session.onLost(lost::countDown);
      Files.delete(file().resolveSibling("leases").resolve(session.id()));
      org.awaitility.Awaitility.await("the loss")
          .atMost(Duration.ofMillis(900))
          .until(() -> lost.getCount() == 0);
      assertThat(session.remaining()).isZero();
    }
  }

  @Test
  void theTimesOfAllProcessesComeFromOneClock() {
    Duration before = Machine.uptime();
    assertThat(before).isPositive();
    assertThat(Machine.uptime()).isGreaterThanOrEqualTo(before);
  }
}
