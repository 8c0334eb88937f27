package gantry.bench.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.bench.run.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void whoDoesNotEndWhenAskedIsKilled() throws IOException {
    String word = "bench-" + UUID.randomUUID();
    Process willing = shell("echo; while :; do sleep 1; done", word);
    Process stubborn = shell("trap '' TERM; echo; while :; do sleep 1; done", word);
    Process other = shell("echo; while :; do sleep 1; done", "another word");

    Processes.end(word, Duration.ofMillis(300));

    Waiting.until(PATIENCE, "both to be gone", () -> !stubborn.isAlive() && !willing.isAlive());
    assertThat(other.isAlive()).isTrue();
    other.destroyForcibly();
  }

  /** Returns when it has done what it does first. */
  private static Process shell(String script, String word) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", script, word).start();
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    return process;
  }
}
