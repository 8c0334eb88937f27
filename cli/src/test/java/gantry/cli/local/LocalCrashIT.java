package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever dies while something is under way: what serves goes on, and the next command too. */
class LocalCrashIT {
  /** Slow enough to be killed while it comes up. */
  private static final String SLOW =
      "#!/bin/sh\nsleep 1\nexec busybox httpd -f -p 127.0.0.1:$PORT -h www\n";

  private static final Duration SOON = Duration.ofSeconds(20);

  private final LocalRig rig = new LocalRig();

  @BeforeEach
  void start() {
    rig.gantry("start", "web").ok();
    rig.release("v2", SLOW);
    rig.configure("v2");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Starting container",
        "Running health check",
        "Redirecting traffic",
        "Updating proxy...",
        "Starting monitoring...",
      })
  void aKilledUpdateIsTakenUpByTheNext(String point) {
    rig.start("gantry", "update", "web").says(point).kill();
    assertThat(rig.page()).isIn("v1", "v2");
    rig.gantry("list", "web").ok();

    rig.gantry("update", "web").ok();
    assertThat(rig.page()).isEqualTo("v2");
    rig.awaitRunning(SOON, "v2");
    assertThat(rig.gantry("list", "web").ok().out().lines()).hasSize(2);
  }

  @Test
  void anUpdateKilledBeforeItsFirstWordIsTakenUpByTheNext() {
    RunningCommand update = rig.start("gantry", "update", "web");
    await("the lock is taken")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                LocalRig.read(rig.state().resolve("locks/local.web.lock"))
                    .contains("gantry update"));
    update.kill();
    assertThat(rig.page()).isEqualTo("v1");
    rig.gantry("update", "web").ok();
    rig.awaitRunning(SOON, "v2");
  }

  @Test
  void anInterruptedUpdateLeavesTheOldOneServingAndIsTakenUpByTheNext() {
    RunningCommand update = rig.start("gantry", "update", "web").says("Waiting for health checks");
    update.signal("INT");
    assertThat(update.answer().exitCode()).isEqualTo(130);
    assertThat(rig.page()).isEqualTo("v1");
    rig.gantry("update", "web").ok();
    assertThat(rig.page()).isEqualTo("v2");
    rig.awaitRunning(SOON, "v2");
  }

  @Test
  void aKilledFirstStartIsTakenUpByTheNext() {
    rig.gantry("kill", "web").ok();
    rig.start("gantry", "update", "web").says("Waiting for health checks").kill();
    rig.gantry("start", "web").ok();
    assertThat(rig.page()).isEqualTo("v2");
    rig.awaitRunning(SOON, "v2");
  }

  @Test
  void aStopAfterAKilledUpdateEndsBoth() throws IOException {
    try (Socket held = rig.connection()) {
      rig.start("gantry", "update", "web").says("Waiting for health checks").kill();
      RunningCommand stop = rig.start("gantry", "stop", "web").says("Shutting down container");
      rig.awaitRunning(SOON, "v1");
      assertThat(LocalRig.finish(held)).isEqualTo("v1");
      stop.answer().ok();
      assertThat(rig.running()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "update"})
  void aKilledProxyIsBroughtBackWithItsRoutes(String command) {
    killProxy();
    assertThat(rig.page()).isNotEqualTo("v1");
    rig.configure("v1");
    rig.gantry(command, "web").ok();
    assertThat(rig.page()).isEqualTo("v1");
    rig.awaitRunning(SOON, "v1");
  }

  @Test
  void aStopWithoutAProxyEndsTheComponent() {
    killProxy();
    rig.gantry("stop", "web").ok();
    assertThat(rig.running()).isEmpty();
  }

  private void killProxy() {
    ProcessHandle proxy =
        ProcessHandle.of(Long.parseLong(LocalRig.read(rig.state().resolve("proxy/lock")).strip()))
            .orElseThrow();
    proxy.destroyForcibly();
    await("end of the proxy").atMost(SOON).until(() -> !proxy.isAlive());
  }
}
