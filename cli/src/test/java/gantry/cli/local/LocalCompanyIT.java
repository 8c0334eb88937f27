package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several processes of a machine that want to work on one component. */
class LocalCompanyIT {
  private static final String SLOW =
      "#!/bin/sh\nsleep 2\nexec busybox httpd -f -p 127.0.0.1:$PORT -h www\n";

  private static final Duration SOON = Duration.ofSeconds(20);

  private final LocalRig rig = new LocalRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theSecondOfTwoUpdatesWaitsAndBothEndWell() {
    rig.gantry("start", "web").ok();
    rig.release("v2", SLOW);
    rig.configure("v2");
    RunningCommand first = rig.start("gantry", "update", "web").says("Waiting for health checks");
    RunningCommand second = rig.start("gantry", "update", "web");
    second.warns("gantry update (pid ").warns("is at work on it; waiting");
    first.answer().ok();
    second.answer().ok();
    assertThat(rig.page()).isEqualTo("v2");
    rig.awaitRunning(SOON, "v2");
  }

  @Test
  void twoUpdatesAtOnceEndWellWithOneContainer() {
    RunningCommand first = rig.start("gantry", "update", "web");
    RunningCommand second = rig.start("gantry", "update", "web");
    first.answer().ok();
    second.answer().ok();
    assertThat(rig.page()).isEqualTo("v1");
    rig.awaitRunning(SOON, "v1");
  }

  @Test
  void anUpdateBesideAnAgentIsDoneByWhicheverIsFirst() {
    rig.with("GANTRY_COORDINATOR", "local");
    rig.start("gantryd", "setconfig", "local", ".gantry").answer().ok();
    rig.start("gantryd", "update", "local", "-c", "web").answer().ok();
    RunningCommand agent = rig.start("gantryd", "run", "local", "-c", "web");
    rig.awaitRunning(SOON, "v1");
    rig.gantry("start", "web").ok();

    rig.release("v2");
    rig.configure("v2");
    rig.gantry("update", "web").ok();
    assertThat(rig.page()).isEqualTo("v2");
    rig.awaitRunning(SOON, "v2");

    agent.signal("TERM");
    assertThat(agent.answer().exitCode()).isEqualTo(143);
    assertThat(rig.page()).isEqualTo("v2");
  }

  @Test
  void aStopIsObeyedByAnAgentAndStays() {
    rig.with("GANTRY_COORDINATOR", "local");
    rig.start("gantryd", "setconfig", "local", ".gantry").answer().ok();
    rig.gantry("update", "web").ok();
    RunningCommand agent = rig.start("gantryd", "run", "local", "-c", "web").says("Running web");
    rig.gantry("stop", "web").ok();
    assertThat(rig.running()).isEmpty();
    assertThat(rig.page()).contains("refused");
    agent.kill();
  }
}
