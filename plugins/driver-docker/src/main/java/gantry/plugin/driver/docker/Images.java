package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Resolves and pulls images. What counts as pulled is what the engine shows afterwards under {@code
 * repo@digest}: a download may end without an error and without an image.
 */
final class Images {
  private final Engine engine;
  private final Credentials credentials;
  private final Clock clock;

  Images(Engine engine, Credentials credentials, Clock clock) {
    this.engine = engine;
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * Pulls the tag: the registry is asked in any case, the digest that it gives is in the answer,
   * and the image's id is known only once it is here.
   */
  Image resolve(String repo, String tag, Duration timeout) {
    ImageName name = new ImageName(repo);
    String doing = "resolving " + name.tagged(tag);
    long start = clock.monotonicNanos();
    try {
      String digest = download(name, tag, PullListener.NONE, timeout);
      Duration left = timeout.minus(clock.since(start));
      String id =
          inspect(name.pinned(digest), doing, left)
              .map(InspectImageResponse::getId)
              .orElseThrow(() -> incomplete(name.pinned(digest)));
      return new Image(repo, tag, id, Optional.of(digest));
    } catch (GantryException e) {
      Duration left = timeout.minus(clock.since(start));
      return local(name, tag, e, left).orElseThrow(() -> e);
    }
  }

  /** An image of this machine, where the registry's answer leaves room for one. */
  private Optional<Image> local(
      ImageName name, String tag, GantryException failure, Duration timeout) {
    boolean unknown = failure.code() == ErrorCode.IMAGE_NOT_FOUND;
    // Nobody named a registry; that the default one is out of reach or denies says nothing about
    // an image that was built here and never came from it.
    boolean mayBeOwn =
        !name.namesRegistry()
            && (failure.code() == ErrorCode.IMAGE_ACCESS_DENIED
                || failure.code() == ErrorCode.REGISTRY_UNREACHABLE);
    if (!unknown && !mayBeOwn) {
      return Optional.empty();
    }
    String reference = name.tagged(tag);
    return inspect(reference, "resolving " + reference, timeout)
        .filter(image -> unknown || !cameFromRegistry(image))
        .map(InspectImageResponse::getId)
        .map(id -> new Image(name.repo(), tag, id, Optional.empty()));
  }

  private static boolean cameFromRegistry(InspectImageResponse image) {
    List<String> digests = image.getRepoDigests();
    return digests != null && !digests.isEmpty();
  }

  void pull(Image image, PullListener listener, Duration timeout) {
    long start = clock.monotonicNanos();
    ImageName name = new ImageName(image.repo());
    String reference = image.digest().map(name::pinned).orElse(image.id());
    String doing = "pulling " + reference;
    if (inspect(reference, doing, timeout).isPresent()) {
      return;
    }
    String digest = image.digest().orElseThrow(() -> onlyElsewhere(image));
    download(name, digest, listener, timeout.minus(clock.since(start)));
    if (inspect(reference, doing, timeout.minus(clock.since(start))).isEmpty()) {
      throw incomplete(reference);
    }
  }

  private static GantryException onlyElsewhere(Image image) {
    return new GantryException(
        ErrorCode.IMAGE_NOT_FOUND,
        "image %s (%s) is not on this machine, and no registry has it"
            .formatted(image.reference(), image.briefId()),
        "push it to a registry, then update again",
        null);
  }

  private static GantryException incomplete(String reference) {
    return new GantryException(
        ErrorCode.REGISTRY_UNREACHABLE,
        "the download of image " + reference + " ended early: the engine does not have it");
  }

  /**
   * Downloads and returns the digest of what came.
   *
   * @param version a tag or a digest; never empty, which would mean all tags
   */
  private String download(ImageName name, String version, PullListener listener, Duration timeout) {
    String reference = version.startsWith("sha256:") ? name.pinned(version) : name.tagged(version);
    PullProgress progress = new PullProgress(listener);
    Login login = credentials.forRegistry(name.registry());
    Duration limit = timeout.minus(engine.limits().probe());
    return engine.slowCall(
        "pulling " + reference,
        limit.isPositive() ? limit : timeout,
        client -> {
          PullImageCmd command = client.pullImageCmd(name.repo()).withTag(version);
          login.auth().ifPresent(command::withAuthConfig);
          return download(command, new PullErrors(reference, login), progress);
        },
        () -> PullErrors.slow(reference, timeout, progress.doneBytes()));
  }

  private static String download(PullImageCmd command, PullErrors errors, PullProgress progress)
      throws InterruptedException {
    try {
      command.exec(progress).awaitCompletion();
    } catch (DockerException e) {
      throw errors.of(EngineErrors.words(e), e);
    }
    progress
        .error()
        .ifPresent(
            words -> {
              throw errors.of(words, null);
            });
    return progress.digest().orElseThrow(() -> incomplete(errors.reference()));
  }

  private Optional<InspectImageResponse> inspect(String reference, String doing, Duration timeout) {
    Duration control = engine.limits().control();
    Duration limit = timeout.compareTo(control) < 0 ? timeout : control;
    return engine.call(doing, limit, client -> inspect(client, reference));
  }

  static Optional<InspectImageResponse> inspect(DockerClient client, String reference) {
    try {
      return Optional.of(client.inspectImageCmd(reference).exec());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
