package gantry.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
  @Test
  void cpuTimeOfAnEndedChildIsCountedWithThisProcess() {
    double before = ProcFiles.cpuSecondsOfAllChildren();
    try (Scratch scratch = Scratch.make()) {
      Child.run(
          scratch,
          "burn",
          Duration.ofMinutes(1),
          List.of("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"));
    }
    assertThat(ProcFiles.cpuSecondsOfAllChildren() - before).isGreaterThan(0.02);
  }

  @Test
  void memoryAndCpuTimeOfAChildIncludeThoseOfItsChildren() {
    try (Scratch scratch = Scratch.make()) {
      Child shell = Child.start(scratch, "shell", List.of("sh", "-c", "sleep 60 & wait"));
      Waiting.until(
          Duration.ofSeconds(30),
          "the shell's child",
          () -> ProcessHandle.of(shell.pid()).orElseThrow().descendants().count() == 1);
      ProcessHandle child =
          ProcessHandle.of(shell.pid()).orElseThrow().children().findFirst().orElseThrow();
      ProcFiles.Memory both = ProcFiles.memory(shell.pid());
      assertThat(both.rss()).isGreaterThan(ProcFiles.memory(child.pid()).rss());
      assertThat(both.pss()).isPositive().isLessThanOrEqualTo(both.rss());
    }
  }

  @Test
  void aProcessThatIsGoneHasUsedNothing() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    assertThat(ProcFiles.cpuSeconds(gone.pid())).isZero();
  }
}
