package gantry.plugin.driver.process;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Immutable copies of image folders, one for each content, named by its hash. */
final class ImageStore {
  /** Copies that no container uses, kept for a rollback. */
  static final int UNUSED_KEPT = 5;

  /** A copy may be waiting for its container while other components pull: it is kept this long. */
  static final Duration UNUSED_KEPT_FOR = Duration.ofHours(1);

  private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String TEMPORARY = ".tmp-";

  private final StateFolder state;
  private final ImageLimits limits;
  private final Clock clock;

  ImageStore(StateFolder state, ImageLimits limits, Clock clock) {
    this.state = state;
    this.limits = limits;
    this.clock = clock;
  }

  Image resolve(String repo, String tag) {
    Path folder = ImageFolder.find(repo, tag);
    try {
      String id = FolderContent.of(folder, limits).id();
      return new Image(ImageFolder.repo(repo).toString(), tag, id, Optional.of(id));
    } catch (IOException e) {
      throw Failures.unreadable(folder, e);
    }
  }

  /** The copy of this content, when it is here. */
  Optional<Path> find(String id) {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    Path copy = path(id);
    return Files.isDirectory(copy) ? Optional.of(copy) : Optional.empty();
  }

  Path path(String id) {
    return state.images().resolve(id.substring(id.indexOf(':') + 1));
  }

  void pull(Image image, PullListener listener, Duration timeout) {
    if (find(image.id()).isPresent()) {
      touch(image.id());
      return;
    }
    Path folder = ImageFolder.find(image.repo(), image.tag());
    Path temporary = state.images().resolve(TEMPORARY + UUID.randomUUID());
    try {
      copy(folder, temporary, new Deadline(image, listener, timeout));
      keep(temporary, image, folder);
    } catch (IOException e) {
      throw Failures.unusable(folder, e);
    } finally {
      discard(temporary);
    }
  }

  private void copy(Path folder, Path temporary, Deadline deadline) throws IOException {
    Files.createDirectory(temporary);
    FolderContent content = FolderContent.of(folder, limits);
    content.copyTo(temporary, done -> deadline.copied(done, content.bytes()));
  }

  /** Takes the copy in if it is what was asked for; what others took in meanwhile is the same. */
  private void keep(Path temporary, Image image, Path folder) throws IOException {
    String copied = FolderContent.of(temporary, limits).id();
    if (!copied.equals(image.id())) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND,
          "folder %s changed since %s was resolved: expected content %s, found %s"
              .formatted(folder, image.reference(), image.id(), copied),
          "update again to deploy the folder as it is now",
          null);
    }
    state.locked(
        () -> {
          Path target = path(image.id());
          try {
            if (!Files.isDirectory(target)) {
              StateFolder.move(temporary, target);
            }
            return target;
          } catch (IOException e) {
            throw Failures.unusable(target, e);
          }
        });
    touch(image.id());
  }

  private void discard(Path temporary) {
    try {
      StateFolder.delete(temporary);
    } catch (IOException e) {
      throw Failures.unusable(temporary, e);
    }
  }

  /** Marks a copy as recently wanted. */
  private void touch(String id) {
    Path copy = path(id);
    try {
      Files.setLastModifiedTime(copy, FileTime.from(clock.wallTime()));
    } catch (IOException e) {
      throw Failures.unusable(copy, e);
    }
  }

  /**
   * Removes copies that nobody uses any more, except the newest few and the recent ones, and what
   * killed processes left behind. Call it under the lock.
   */
  void prune(Set<String> usedIds) {
    Instant recent = clock.wallTime().minus(UNUSED_KEPT_FOR);
    try (Stream<Path> copies = Files.list(state.images())) {
      List<Path> unused =
          copies
              .filter(path -> !usedIds.contains("sha256:" + path.getFileName()))
              .sorted(Comparator.comparing(ImageStore::lastWanted).reversed())
              .toList();
      int kept = 0;
      for (Path path : unused) {
        boolean temporary = path.getFileName().toString().startsWith(TEMPORARY);
        kept += temporary ? 0 : 1;
        if ((temporary || kept > UNUSED_KEPT) && lastWanted(path).isBefore(recent)) {
          StateFolder.delete(path);
        }
      }
    } catch (IOException e) {
      throw Failures.unusable(state.images(), e);
    }
  }

  private static Instant lastWanted(Path copy) {
    try {
      return Files.getLastModifiedTime(copy).toInstant();
    } catch (IOException e) {
      return Instant.MAX; // just renamed or removed by somebody else: not ours to prune
    }
  }

  /** Passes progress on and ends a copy that takes too long. */
  private final class Deadline {
    private final Image image;
    private final PullListener listener;
    private final Duration timeout;
    private final long startNanos = clock.monotonicNanos();

    Deadline(Image image, PullListener listener, Duration timeout) {
      this.image = image;
      this.listener = listener;
      this.timeout = timeout;
    }

    void copied(long doneBytes, long totalBytes) {
      listener.progress(doneBytes, Math.max(doneBytes, totalBytes));
      if (clock.since(startNanos).compareTo(timeout) > 0) {
        throw new GantryException(
            ErrorCode.TIMED_OUT,
            "copy of %s not done after %s: %d of %d bytes"
                .formatted(image.reference(), timeout, doneBytes, totalBytes));
      }
    }
  }
}
