package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gantry.cli.golden.Golden;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each command of {@code gantry} answers, whole. */
class LocalAnswersIT {
  private final LocalRig rig = new LocalRig();
  private final Normalised normalised = new Normalised(rig.folder());

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aFirstStartIsAnUpdate() {
    golden("start-first", rig.gantry("start", "web"));
    assertThat(rig.page()).isEqualTo("v1");
  }

  @Test
  void aStartOfWhatRunsSaysSo() {
    rig.gantry("start", "web").ok();
    golden("start-running", rig.gantry("start", "web"));
    rig.assertRunning("v1");
  }

  @Test
  void aStartAfterAStopStartsWhatRanBefore() {
    rig.gantry("update", "web").ok();
    rig.gantry("stop", "web").ok();
    rig.release("v2");
    rig.configure("v2");
    golden("start-after-stop", rig.gantry("start", "web"));
    assertThat(rig.page()).isEqualTo("v1");
  }

  @Test
  void anUpdateTellsItsSteps() {
    rig.gantry("update", "web").ok();
    rig.release("v2");
    rig.configure("v2");
    golden("update", rig.gantry("update", "web"));
    assertThat(rig.page()).isEqualTo("v2");
  }

  @Test
  void aListShowsTheNewestFirstAndWhatDrains() throws IOException {
    rig.gantry("update", "web").ok();
    rig.release("v2");
    rig.configure("v2");
    try (Socket held = rig.connection()) {
      rig.gantry("update", "web").ok();
      String list = rig.gantry("list", "web").ok().out();
      Golden.assertSame("local/list-draining", normalised.narrow(list));
      assertThat(LocalRig.finish(held)).isEqualTo("v1");
    }
  }

  @Test
  void aListOfNothingIsAHeader() {
    golden("list-empty", rig.gantry("list", "web"));
  }

  @Test
  void aStopTellsItsSteps() {
    rig.gantry("update", "web").ok();
    golden("stop", rig.gantry("stop", "web"));
    assertThat(rig.running()).isEmpty();
    golden("stop-again", rig.gantry("stop", "web"));
  }

  @Test
  void aKillTellsItsSteps() {
    rig.gantry("update", "web").ok();
    golden("kill", rig.gantry("kill", "web"));
    assertThat(rig.running()).isEmpty();
  }

  @Test
  void everyCommandAnswersInJsonToo() throws IOException {
    JsonNode updated = json(rig.gantry("update", "web", "--output", "json"));
    assertThat(updated.get("component").asText()).isEqualTo("web");
    assertThat(updated.get("status").asText()).isEqualTo("ready");
    assertThat(updated.get("revision").asInt()).isEqualTo(1);

    JsonNode started = json(rig.gantry("start", "web", "--output", "json"));
    assertThat(started.get("imageId")).isEqualTo(updated.get("imageId"));

    JsonNode listed = json(rig.gantry("list", "web", "--output", "json"));
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).get("status").asText()).isEqualTo("running");
    assertThat(listed.get(0).get("connections").asInt()).isZero();
    assertThat(listed.get(0).get("image").asText()).endsWith("shop:v1");

    assertThat(json(rig.gantry("stop", "web", "--output", "json")).get("status").asText())
        .isEqualTo("stopped");
    assertThat(json(rig.gantry("kill", "web", "--output", "json")).get("status").asText())
        .isEqualTo("killed");
    assertThat(json(rig.gantry("list", "web", "--output", "json"))).isEmpty();
  }

  private void golden(String name, Answer answer) {
    answer.ok();
    assertThat(answer.err()).as("standard error").isEmpty();
    Golden.assertSame("local/" + name, normalised.text(answer.out()));
  }

  private static JsonNode json(Answer answer) throws IOException {
    answer.ok();
    return new ObjectMapper().readTree(answer.out());
  }
}
