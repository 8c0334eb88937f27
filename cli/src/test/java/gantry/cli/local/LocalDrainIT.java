package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container ends when its last connection has ended: not before, and not much later. */
class LocalDrainIT {
  private static final Duration PROMPT = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final LocalRig rig = new LocalRig();

  @BeforeEach
  void start() {
    rig.gantry("start", "web").ok();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aStopWaitsForTheLastConnection() throws IOException {
    try (Socket first = rig.connection();
        Socket last = rig.connection()) {
      RunningCommand stop = rig.start("gantry", "stop", "web").says("Monitor check started");
      assertThat(rig.page()).contains("refused");
      assertThat(LocalRig.finish(first)).isEqualTo("v1");
      assertThat(rig.gantry("list", "web").ok().out()).contains("draining");
      assertThat(stop.isRunning()).isTrue();
      assertThat(rig.running()).containsExactly("v1");

      assertThat(LocalRig.finish(last)).isEqualTo("v1");
      rig.awaitRunning(PROMPT);
      assertThat(stop.answer().ok().out()).endsWith("Proxy updated\n");
    }
  }

  @Test
  void aKillDoesNotWait() throws IOException {
    try (Socket held = rig.connection()) {
      rig.gantry("kill", "web").ok();
      assertThat(rig.running()).isEmpty();
      assertThat(LocalRig.finish(held)).isNotEqualTo("v1");
    }
  }

  @Test
  void anUpdateEndsBeforeWhatItLeftDraining() throws IOException {
    try (Socket held = rig.connection()) {
      update("v2");
      assertThat(rig.page()).isEqualTo("v2");
      rig.assertRunning("v1", "v2");
      rig.awaitWatcher("web");

      assertThat(LocalRig.finish(held)).isEqualTo("v1");
      rig.awaitRunning(PROMPT, "v2");
    }
    await("end of the watcher").atMost(SOON).until(() -> rig.processesOf(" drain ").isEmpty());
    assertThat(rig.page()).isEqualTo("v2");
  }

  @Test
  void aDrainThatIsEndedByHandTakesWhatDrainsAndNothingElse() throws IOException {
    try (Socket old = rig.connection()) {
      update("v2");
      try (Socket held = rig.connection()) {
        assertThat(rig.gantry("list", "web", "-o", "wide").ok().out()).contains("SILENT");
        String out = rig.gantry("drain", "web", "--now").ok().out();
        assertThat(out).contains("1 connection,", "Shutting down").endsWith("any more\n");
        rig.assertRunning("v2");
        assertThat(LocalRig.finish(old)).isNotEqualTo("v1");
        assertThat(LocalRig.finish(held)).isEqualTo("v2");
      }
    }
  }

  @Test
  void severalVersionsDrainAtOnceAndEachEndsByItself() throws IOException {
    try (Socket first = rig.connection()) {
      update("v2");
      try (Socket second = rig.connection()) {
        update("v3");
        rig.assertRunning("v1", "v2", "v3");
        assertThat(LocalRig.finish(second)).isEqualTo("v2");
        rig.awaitRunning(PROMPT, "v1", "v3");
      }
      assertThat(LocalRig.finish(first)).isEqualTo("v1");
      rig.awaitRunning(PROMPT, "v3");
    }
  }

  @Test
  void aKilledWatcherIsReplacedByTheNextUpdate() throws IOException {
    try (Socket held = rig.connection()) {
      update("v2");
      killWatchers();
      assertThat(LocalRig.finish(held)).isEqualTo("v1");
      rig.assertRunning("v1", "v2");
      update("v3");
      rig.awaitRunning(PROMPT, "v3");
    }
  }

  @Test
  void aKilledWatcherIsReplacedByAStartOfWhatRuns() throws IOException {
    try (Socket held = rig.connection()) {
      update("v2");
      killWatchers();
      assertThat(LocalRig.finish(held)).isEqualTo("v1");
      rig.gantry("start", "web").ok();
      rig.awaitRunning(SOON, "v2");
    }
  }

  @Test
  void anInterruptedStopGoesOnWhenRepeated() throws IOException {
    try (Socket held = rig.connection()) {
      RunningCommand stop = rig.start("gantry", "stop", "web").says("Monitor check started");
      stop.signal("INT");
      assertThat(stop.answer().exitCode()).isEqualTo(130);
      assertThat(rig.running()).containsExactly("v1");

      RunningCommand again = rig.start("gantry", "stop", "web").says("Updating proxy...");
      assertThat(LocalRig.finish(held)).isEqualTo("v1");
      again.answer().ok();
      assertThat(rig.running()).isEmpty();
    }
  }

  @Test
  void aStopThatStartOvertakesEndsAndTheComponentServes() throws IOException {
    try (Socket held = rig.connection()) {
      RunningCommand stop = rig.start("gantry", "stop", "web").says("Monitor check started");
      rig.gantry("start", "web").ok();
      assertThat(rig.page()).isEqualTo("v1");
      stop.answer();
      assertThat(LocalRig.finish(held)).isEqualTo("v1");
      rig.assertRunning("v1");
    }
  }

  private void update(String tag) {
    rig.release(tag);
    rig.configure(tag);
    rig.gantry("update", "web").ok();
  }

  private void killWatchers() {
    List<ProcessHandle> watchers = rig.processesOf(" drain ");
    assertThat(watchers).isNotEmpty();
    for (ProcessHandle watcher : watchers) {
      watcher.destroyForcibly();
      await("end of the watcher").atMost(SOON).until(() -> !watcher.isAlive());
    }
  }
}
