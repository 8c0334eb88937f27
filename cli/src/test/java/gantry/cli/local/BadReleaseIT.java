package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.golden.Golden;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release that does not come up: said with its reason and its log, and nothing else changes. */
class BadReleaseIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final LocalRig rig = new LocalRig().with("GANTRY_MACHINE", "a");
  private final Normalised normalised = new Normalised(rig.folder());

  @BeforeEach
  void start() {
    rig.gantry("start", "web").ok();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void oneThatExitsIsRefusedWithItsLog() {
    rig.release("v2", "#!/bin/sh\necho reading settings\necho no such database >&2\nexit 3\n");
    rig.configure("v2");
    refused("bad-release-exits");
  }

  @Test
  void oneThatNeverListensIsRefused() {
    rig.release("v2", "#!/bin/sh\necho waiting for a lock\nexec sleep 600\n");
    rig.configure("v2", "\"readyTimeout\": 1000,");
    refused("bad-release-silent");
  }

  @Test
  void oneWithoutAProgramIsRefused() {
    assertThat(rig.release("v2").resolve("run").toFile().delete()).isTrue();
    rig.configure("v2");
    refused("bad-release-no-program");
  }

  @Test
  void anImageThatIsNotThereIsToldBeforeAnythingChanges() {
    rig.configure("v9");
    Answer answer = rig.gantry("update", "web");
    assertThat(answer.exitCode()).isEqualTo(4);
    Golden.assertSame("local/bad-release-no-image", normalised.text(answer.err()));
    assertThat(rig.page()).isEqualTo("v1");
  }

  @Test
  void aGoodReleaseAfterABadOneIsTaken() {
    rig.release("v2", "#!/bin/sh\nexit 1\n");
    rig.configure("v2");
    rig.gantry("update", "web").exits(5);
    rig.release("v3");
    rig.configure("v3");
    rig.gantry("update", "web").ok();
    assertThat(rig.page()).isEqualTo("v3");
    rig.awaitRunning(SOON, "v3");
  }

  private void refused(String golden) {
    Answer answer = rig.gantry("update", "web").exits(5);
    Golden.assertSame("local/" + golden, normalised.text(answer.err()));
    assertThat(rig.page()).isEqualTo("v1");
    rig.awaitRunning(SOON, "v1");
  }
}
