package gantry.testkit.container;

import static gantry.testkit.container.ContainerScene.GRACE;
import static gantry.testkit.container.ContainerScene.SHORT_GRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** From creation to removal. */
interface LifecycleContract {
  /** 128 + SIGKILL, as shells and engines report it. */
  int KILLED = 137;

  ContainerScene scene();

  @Test
  default void aNewContainerIsCreatedAndNotStarted() {
    Image image = scene().web("one");

    ContainerStatus status = scene().status(scene().create("web", image));

    assertThat(status.state()).isEqualTo(ContainerState.CREATED);
    assertThat(status.name()).isEqualTo(scene().name("web"));
    assertThat(status.labels()).containsAllEntriesOf(scene().labels());
    assertThat(status.imageId()).isEqualTo(image.id());
    assertThat(status.startedAt()).isEmpty();
    assertThat(status.exitCode()).isEmpty();
    assertThat(status.endpoints()).isEmpty();
  }

  @Test
  default void aStartedContainerServesAtItsEndpoint() {
    ContainerId id = scene().start("web", scene().web("one"));

    scene().awaitServes(id, "one");

    ContainerStatus status = scene().status(id);
    assertThat(status.isRunning()).isTrue();
    assertThat(status.startedAt()).isPresent();
    assertThat(status.exitCode()).isEmpty();
    assertThat(status.endpoints()).containsOnlyKeys(ContainerScene.PORT);
  }

  @Test
  default void creatingTwiceAdopts() {
    Image image = scene().web("one");
    ContainerId id = scene().start("web", image);

    assertThat(scene().create("web", image)).isEqualTo(id);

    assertThat(scene().status(id).isRunning()).isTrue();
    assertThat(scene().driver().list(scene().labels())).hasSize(1);
  }

  @Test
  default void aNameThatOthersHaveIsRefusedAndLeftAlone() {
    Image image = scene().web("one");
    ContainerId id = scene().start("web", image);
    ContainerStatus before = scene().status(id);
    ContainerSpec mine = scene().spec("web", image);
    ContainerSpec theirs =
        new ContainerSpec(
            mine.name(),
            image,
            mine.command(),
            mine.environment(),
            scene().labels(Map.of("owner", "another")),
            mine.ports());

    assertRefused(() -> scene().driver().create(theirs), mine.name());

    assertThat(scene().status(id)).isEqualTo(before);
  }

  @Test
  default void startingTwiceIsTheSameAsOnce() {
    ContainerId id = scene().start("web", scene().web("one"));
    var startedAt = scene().status(id).startedAt();

    scene().driver().start(id);

    assertThat(scene().status(id).startedAt()).isEqualTo(startedAt);
    scene().awaitServes(id, "one");
  }

  @Test
  default void anotherLifeHasAnotherStart() {
    ContainerId id = scene().start("web", scene().web("one"));
    scene().awaitServes(id, "one");
    var first = scene().status(id).startedAt();
    scene().driver().stop(id, GRACE);
    assertThat(scene().status(id).startedAt()).isEqualTo(first);

    scene().driver().start(id);

    assertThat(scene().status(id).startedAt()).isPresent().isNotEqualTo(first);
    assertThat(scene().status(id).exitCode()).isEmpty();
    scene().awaitServes(id, "one");
  }

  @Test
  default void stopLetsItEndByItselfWithinTheGrace() {
    ContainerId id = scene().startAndHear("polite", new Program.EndsOnTerm(7));

    scene().driver().stop(id, GRACE);

    assertEnded(id, 7);
    assertThat(scene().driver().logs(id, 10)).startsWith("started").endsWith("bye");
  }

  @Test
  default void stopKillsAfterTheGrace() {
    ContainerId id = scene().startAndHear("stubborn", new Program.IgnoresTerm());

    scene().driver().stop(id, SHORT_GRACE);

    assertEnded(id, KILLED);
  }

  @Test
  default void killDoesNotAsk() {
    ContainerId id = scene().startAndHear("polite", new Program.EndsOnTerm(7));

    scene().driver().kill(id);

    assertEnded(id, KILLED);
    assertThat(scene().driver().logs(id, 10)).containsExactly("started");
  }

  @Test
  default void endingWhatHasEndedOrNeverRanChangesNothing() {
    Image image = scene().image("brief", "latest", new Program.ExitsAtOnce("no database", 3));
    ContainerId never = scene().create("never", image);
    ContainerId ended = scene().start("ended", image);
    scene().awaitExited(ended);

    for (ContainerId id : new ContainerId[] {never, ended}) {
      scene().driver().stop(id, GRACE);
      scene().driver().kill(id);
    }

    assertThat(scene().status(never).state()).isEqualTo(ContainerState.CREATED);
    assertThat(scene().status(ended).exitCode()).isEqualTo(OptionalInt.of(3));
  }

  @Test
  default void whatExitsAtOnceLeavesItsCodeAndItsWords() {
    Image image = scene().image("brief", "latest", new Program.ExitsAtOnce("no database", 3));

    ContainerStatus status = scene().awaitExited(scene().start("brief", image));

    assertThat(status.exitCode()).isEqualTo(OptionalInt.of(3));
    assertThat(status.startedAt()).isPresent();
    assertThat(status.endpoints()).isEmpty();
    assertThat(scene().driver().logs(status.id(), 10)).containsExactly("no database");
  }

  @Test
  default void aRunningContainerIsNotRemoved() {
    ContainerId id = scene().start("web", scene().web("one"));

    assertRefused(() -> scene().driver().remove(id), id.brief());

    scene().awaitServes(id, "one");
  }

  @Test
  default void aRemovedContainerIsGoneAndItsIdIsNotUsedAgain() {
    Image image = scene().web("one");
    ContainerId id = scene().start("web", image);
    scene().driver().kill(id);

    scene().driver().remove(id);
    scene().driver().remove(id);

    assertThat(scene().driver().inspect(id)).isEmpty();
    assertThat(scene().driver().list(scene().labels())).isEmpty();
    scene().driver().stop(id, GRACE);
    scene().driver().kill(id);
    assertThat(failure(() -> scene().driver().start(id)).code())
        .isEqualTo(ErrorCode.CONTAINER_NOT_FOUND);
    assertThat(scene().create("web", image)).isNotEqualTo(id);
  }

  private void assertEnded(ContainerId id, int exitCode) {
    ContainerStatus status = scene().status(id);
    assertThat(status.state()).isEqualTo(ContainerState.EXITED);
    assertThat(status.exitCode()).isEqualTo(OptionalInt.of(exitCode));
    assertThat(status.endpoints()).isEmpty();
  }

  private static void assertRefused(ThrowingCallable call, String named) {
    GantryException failure = failure(call);
    assertThat(failure.code()).isEqualTo(ErrorCode.ENGINE_REFUSED);
    assertThat(failure).hasMessageContaining(named);
  }

  private static GantryException failure(ThrowingCallable call) {
    GantryException failure = catchThrowableOfType(GantryException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
