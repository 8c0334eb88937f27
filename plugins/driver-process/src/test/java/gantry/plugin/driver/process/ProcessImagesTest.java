package gantry.plugin.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import gantry.testkit.container.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessImagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Program ONE = new Program.Serves("one", 8080);
  private static final Program TWO = new Program.Serves("two", 8080);

  private ProcessRig rig;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig = new ProcessRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theSameContentElsewhereHasTheSameId() throws IOException {
    rig.publish("web", "v1", ONE);
    rig.publish("shop", "v2", ONE);
    Path run = Path.of(rig.repo("shop"), "v2", "run");
    Files.setLastModifiedTime(run, FileTime.fromMillis(0));

    assertThat(resolve("shop", "v2").id()).isEqualTo(resolve("web", "v1").id());
  }

  @Test
  void bytesNamesLinksFoldersAndTheExecuteBitAllCount() throws IOException {
    Path folder = Path.of(rig.repo("web"), "v1");
    rig.publish("web", "v1", ONE);
    String before = resolve("web", "v1").id();

    Files.createDirectory(folder.resolve("empty"));
    String withFolder = resolve("web", "v1").id();
    Files.delete(folder.resolve("empty"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("run"));
    String withLink = resolve("web", "v1").id();
    Files.delete(folder.resolve("link"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("www"));
    String withOtherLink = resolve("web", "v1").id();
    Files.delete(folder.resolve("link"));
    assertThat(resolve("web", "v1").id()).isEqualTo(before);
    assertThat(folder.resolve("run").toFile().setExecutable(false)).isTrue();
    String notExecutable = resolve("web", "v1").id();
    Files.move(folder.resolve("run"), folder.resolve("go"));
    String renamed = resolve("web", "v1").id();

    assertThat(Set.of(before, withFolder, withLink, withOtherLink, notExecutable, renamed))
        .hasSize(6);
  }

  @Test
  void latestIsTheFolderItselfUnlessThereIsASubfolder() {
    rig.publish("web", "v1", ONE);
    Image whole = resolve("web", "latest");
    assertThat(whole.id()).isNotEqualTo(resolve("web", "v1").id());

    rig.publish("web", "latest", ONE);

    assertThat(resolve("web", "latest").id()).isEqualTo(resolve("web", "v1").id());
  }

  @Test
  void anUnknownTagNamesTheKnownOnes() {
    rig.publish("web", "release-1", ONE);
    rig.publish("web", "release-2", ONE);

    assertThat(failure(() -> resolve("web", "relaese-1")))
        .hasMessageContaining("did you mean 'release-1'?")
        .hasMessageContaining("known tags: release-1, release-2");
    assertThat(failure(() -> resolve("web", "../web/release-1")).code())
        .isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
  }

  @Test
  void aFolderThatChangedSinceItWasResolvedIsNotPulled() {
    rig.publish("web", "latest", ONE);
    Image before = resolve("web", "latest");
    rig.publish("web", "latest", TWO);

    GantryException failure = failure(() -> pull(before));

    assertThat(failure.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
    assertThat(failure).hasMessageContaining("changed since");
    assertThat(rig.stateDir().resolve("process/images")).isEmptyDirectory();
  }

  @Test
  void whatIsHereNeedsNoFolder() throws IOException {
    rig.publish("web", "latest", ONE);
    Image image = resolve("web", "latest");
    pull(image);
    StateFolder.delete(Path.of(rig.repo("web")));

    pull(image);

    assertThat(copy(image).resolve("www/index.html")).hasContent("one");
  }

  @Test
  void aCopyIsExactAndWithoutWritePermission() throws IOException {
    rig.publish("web", "latest", ONE);
    Files.createSymbolicLink(Path.of(rig.repo("web"), "latest", "page"), Path.of("www/index.html"));
    Image image = resolve("web", "latest");
    pull(image);

    assertThat(FolderContent.of(copy(image), ImageLimits.DEFAULT).id()).isEqualTo(image.id());
    assertThat(copy(image).resolve("page")).isSymbolicLink().hasContent("one");
    assertThat(Files.getPosixFilePermissions(copy(image).resolve("www/index.html")).toString())
        .doesNotContain("WRITE");
  }

  @Test
  void aFolderBeyondTheLimitsIsRefused() {
    rig.publish("web", "latest", ONE);
    try (var small =
        new ProcessDriver(rig.stateDir(), Clock.SYSTEM, new ImageLimits(2, Long.MAX_VALUE))) {
      GantryException failure = failure(() -> small.resolve(rig.repo("web"), "latest", PATIENCE));

      assertThat(failure.code()).isEqualTo(ErrorCode.ENGINE_REFUSED);
      assertThat(failure).hasMessageContaining("too large").hasMessageContaining("2 entries");
    }
  }

  @Test
  void aCopyThatTakesTooLongIsGivenUp() {
    rig.publish("web", "latest", ONE);
    Image image = resolve("web", "latest");

    GantryException failure =
        failure(() -> rig.driver().pull(image, PullListener.NONE, Duration.ZERO));

    assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(rig.stateDir().resolve("process/images")).isEmptyDirectory();
  }

  @Test
  void oldCopiesThatNobodyUsesArePruned() throws IOException {
    for (int i = 0; i < ImageStore.UNUSED_KEPT + 3; i++) {
      rig.publish("web", "latest", new Program.Serves("text " + i, 8080));
      Image image = resolve("web", "latest");
      pull(image);
      Files.setLastModifiedTime(copy(image), FileTime.fromMillis(i));
      if (i == 0) {
        rig.driver().create(StarterMain.spec("web", image));
      }
    }
    rig.publish("web", "latest", ONE);
    pull(resolve("web", "latest"));

    try (var copies = Files.list(rig.stateDir().resolve("process/images"))) {
      assertThat(copies).hasSize(1 + ImageStore.UNUSED_KEPT);
    }
  }

  private Image resolve(String name, String tag) {
    return rig.driver().resolve(rig.repo(name), tag, PATIENCE);
  }

  private void pull(Image image) {
    rig.driver().pull(image, PullListener.NONE, PATIENCE);
  }

  private Path copy(Image image) {
    return rig.stateDir().resolve("process/images/" + image.id().substring("sha256:".length()));
  }

  private static GantryException failure(ThrowingCallable call) {
    GantryException failure = catchThrowableOfType(GantryException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
