package gantry.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScratchTest {
  @Test
  void closingEndsProcessesWithTheirChildrenAndDeletesTheFolder() {
    Scratch scratch = Scratch.make();
    Child shell = Child.start(scratch, "shell", List.of("sh", "-c", "sleep 60 & wait"));
    ProcessHandle parent = ProcessHandle.of(shell.pid()).orElseThrow();
    Waiting.until(Duration.ofSeconds(30), "a child", () -> parent.children().count() == 1);
    ProcessHandle child = parent.children().findFirst().orElseThrow();

    scratch.close();

    assertThat(shell.isAlive()).isFalse();
    Waiting.until(Duration.ofSeconds(30), "the child's end", () -> !child.isAlive());
    assertThat(scratch.folder()).doesNotExist();
  }

  @Test
  void nothingIsStartedWhenItIsClosed() {
    Scratch scratch = Scratch.make();
    scratch.close();
    List<AutoCloseable> closed = new ArrayList<>();
    AutoCloseable late = () -> closed.add(() -> {});

    assertThatThrownBy(() -> scratch.keep(late)).isInstanceOf(BenchException.class);
    assertThatThrownBy(() -> scratch.start(() -> fail("started")))
        .hasMessage("the benchmark is ending");

    assertThat(closed).hasSize(1);
  }

  @Test
  void aProgramThatFailsIsToldWithItsOutput() {
    try (Scratch scratch = Scratch.make()) {
      assertThatThrownBy(
              () ->
                  Child.run(
                      scratch,
                      "grumble",
                      Duration.ofSeconds(30),
                      List.of("sh", "-c", "echo no such thing; exit 3")))
          .hasMessage("grumble ended with code 3:\nno such thing");
    }
  }
}
