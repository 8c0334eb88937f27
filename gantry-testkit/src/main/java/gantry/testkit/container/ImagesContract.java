package gantry.testkit.container;

import static gantry.testkit.container.ContainerScene.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Resolving names and pulling contents. */
interface ImagesContract {
  ContainerScene scene();

  @Test
  default void resolveNamesTheContentAndKeepsTheTag() {
    scene().rig().publish("web", "v1", new Program.Serves("one", ContainerScene.PORT));

    Image image = scene().driver().resolve(scene().rig().repo("web"), "v1", PATIENCE);

    assertThat(image.id()).matches("sha256:[0-9a-f]{64}");
    assertThat(image.digest()).hasValueSatisfying(it -> assertThat(it).startsWith("sha256:"));
    assertThat(image.tag()).isEqualTo("v1");
    assertThat(image.repo()).isNotBlank();
    assertThat(scene().driver().resolve(image.repo(), "v1", PATIENCE)).isEqualTo(image);
  }

  @Test
  default void anUnknownTagIsNotFoundAndNamed() {
    scene().rig().publish("web", "v1", new Program.Serves("one", ContainerScene.PORT));

    GantryException failure = failureToResolve(scene().rig().repo("web"), "v7");

    assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
    assertThat(failure).hasMessageContaining("v7");
  }

  @Test
  default void anUnknownRepoIsNotFoundAndNamed() {
    String repo = scene().rig().repo("nowhere");

    GantryException failure = failureToResolve(repo, "latest");

    assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
    assertThat(failure).hasMessageContaining(repo);
  }

  @Test
  default void aContentThatNobodyHasCannotBePulled() {
    Image known = scene().web("one");
    String id = "sha256:" + "0123456789abcdef".repeat(4);
    Image unknown = new Image(known.repo(), known.tag(), id, Optional.of(id));

    GantryException failure =
        catchThrowableOfType(
            GantryException.class,
            () -> scene().driver().pull(unknown, PullListener.NONE, PATIENCE));

    assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
    assertThat(failure).hasMessageContaining(known.repo());
  }

  @Test
  default void pullingTwiceIsTheSameAsOnce() {
    Image image = scene().web("one");

    scene().driver().pull(image, PullListener.NONE, PATIENCE);

    scene().awaitServes(scene().start("web", image), "one");
  }

  @Test
  default void progressNeverGoesBack() {
    scene().rig().publish("web", "latest", new Program.Serves("one", ContainerScene.PORT));
    Image image = scene().driver().resolve(scene().rig().repo("web"), "latest", PATIENCE);
    List<Long> heard = new CopyOnWriteArrayList<>();

    scene().driver().pull(image, (done, total) -> heard.add(done), PATIENCE);

    assertThat(heard).isSorted();
  }

  @Test
  default void aMovedTagIsAnotherImageAndTheOldOneStillRuns() {
    Image before = scene().web("one");
    Image after = scene().web("two");

    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(after.digest()).isNotEqualTo(before.digest());
    scene().awaitServes(scene().start("old", before), "one");
    scene().awaitServes(scene().start("new", after), "two");
  }

  private GantryException failureToResolve(String repo, String tag) {
    return catchThrowableOfType(
        GantryException.class, () -> scene().driver().resolve(repo, tag, PATIENCE));
  }
}
