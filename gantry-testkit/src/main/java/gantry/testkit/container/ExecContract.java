package gantry.testkit.container;

import static gantry.testkit.container.ContainerScene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ExecResult;
import gantry.api.container.Image;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Commands inside a container, its command and environment, and what it wrote. */
interface ExecContract {
  /** Writes the container's greeting and a complaint, ends with 3. */
  List<String> GREET = List.of("sh", "-c", "echo \"$GREETING\"; echo oops >&2; exit 3");

  /** Writes 3000 lines of 64 bytes, the last of which is {@code end}. */
  List<String> FLOOD =
      List.of(
          "sh",
          "-c",
          "i=0; while [ $i -lt 3000 ]; do i=$((i+1));"
              + " echo 123456789012345678901234567890123456789012345678901234567890123; done;"
              + " echo end");

  /** Does not end by itself within the patience of any test. */
  List<String> HANG = List.of("sh", "-c", "while :; do busybox sleep 1; done");

  /** Writes ten numbered lines to both outputs by turns and ends. */
  List<String> COUNT =
      List.of(
          "sh", "-c", "for i in 1 3 5 7 9; do echo line $i; echo line $((i+1)) >&2; done; exit 0");

  ContainerScene scene();

  @Test
  default void execGivesCodeAndOutputInTheContainersEnvironment() {
    ContainerId id = scene().start("web", scene().web("one"));

    ExecResult result = scene().driver().exec(id, GREET, PATIENCE);

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.output().lines()).containsExactlyInAnyOrder("hello", "oops");
  }

  @Test
  default void execKeepsTheEndOfALongOutput() {
    ContainerId id = scene().start("web", scene().web("one"));

    ExecResult result = scene().driver().exec(id, FLOOD, PATIENCE);

    assertThat(result.exitCode()).isZero();
    assertThat(result.output().length()).isBetween(60 * 1024, 64 * 1024);
    assertThat(result.output().stripTrailing()).endsWith("\nend");
  }

  @Test
  default void execEndsWithItsTimeout() {
    ContainerId id = scene().start("web", scene().web("one"));

    GantryException failure =
        failure(() -> scene().driver().exec(id, HANG, Duration.ofMillis(500)));

    assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(scene().status(id).isRunning()).isTrue();
  }

  @Test
  default void execNeedsARunningContainer() {
    ContainerId id = scene().create("web", scene().web("one"));

    GantryException failure = failure(() -> scene().driver().exec(id, GREET, PATIENCE));

    assertThat(failure.code()).isEqualTo(ErrorCode.ENGINE_REFUSED);
  }

  @Test
  default void execAndLogsOfAMissingContainerAreErrors() {
    ContainerId missing = new ContainerId("0123456789abcdef".repeat(4));

    assertThat(failure(() -> scene().driver().exec(missing, GREET, PATIENCE)).code())
        .isEqualTo(ErrorCode.CONTAINER_NOT_FOUND);
    assertThat(failure(() -> scene().driver().logs(missing, 5)).code())
        .isEqualTo(ErrorCode.CONTAINER_NOT_FOUND);
  }

  @Test
  default void logsAreTheLastLinesOfBothOutputsOldestFirst() {
    ContainerId id = runCount();

    assertThat(scene().driver().logs(id, 100))
        .containsExactlyInAnyOrder(
            "line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7", "line 8",
            "line 9", "line 10");
    assertThat(scene().driver().logs(id, 3)).hasSize(3);
    assertThat(scene().driver().logs(id, 100).stream().filter(line -> odd(line)))
        .containsExactly("line 1", "line 3", "line 5", "line 7", "line 9");
    assertThat(scene().driver().logs(id, 0)).isEmpty();
  }

  @Test
  default void whatNeverRanHasNoLogs() {
    assertThat(scene().driver().logs(scene().create("web", scene().web("one")), 10)).isEmpty();
  }

  private ContainerId runCount() {
    Image image = scene().web("one");
    ContainerSpec spec =
        new ContainerSpec(
            scene().name("count"), image, COUNT, Map.of(), scene().labels(), Set.of());
    ContainerId id = scene().driver().create(spec);
    scene().driver().start(id);
    scene().awaitExited(id);
    await().atMost(PATIENCE).until(() -> scene().driver().logs(id, 100).size() == 10);
    return id;
  }

  private static boolean odd(String line) {
    return (line.charAt(line.length() - 1) - '0') % 2 == 1;
  }

  private static GantryException failure(ThrowingCallable call) {
    GantryException failure = catchThrowableOfType(GantryException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
