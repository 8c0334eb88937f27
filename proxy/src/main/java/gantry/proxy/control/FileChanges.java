package gantry.proxy.control;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a file may have changed. The kernel tells what happens in its folder, so that
 * files that editors rename into place are seen at once; what it does not tell, such as a link on
 * the way that leads elsewhere, is found by a look each second. One thread.
 */
final class FileChanges implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");
  private static final long LOOK_MILLIS = 1000;

  /** Writers that need several steps are given this long from their last one on. */
  private static final long QUIET_MILLIS = 50;

  /** Steps without end are looked at after so many. */
  private static final int MAX_STEPS = 20;

  private final Path file;
  private final Runnable changed;
  private final BooleanSupplier owed;
  private final WatchService service;
  private @Nullable WatchKey folder;
  private List<Object> seen;

  /**
   * Starts to watch.
   *
   * @param changed called on a thread of its own, also when nothing has changed in the end
   * @param owed whether to call each second, changed or not
   */
  FileChanges(Path file, Runnable changed, BooleanSupplier owed) throws IOException {
    this.file = file.toAbsolutePath();
    this.changed = changed;
    this.owed = owed;
    this.service = this.file.getFileSystem().newWatchService();
    this.seen = look();
    watchFolder();
    Thread.ofPlatform().daemon().name("proxy-routes-file").start(this::run);
  }

  @Override
  public void close() throws IOException {
    service.close();
  }

  private void run() {
    try {
      while (true) {
        if (await() || owed.getAsBoolean() || isDifferent()) {
          seen = look();
          changed.run();
        }
        watchFolder();
      }
    } catch (ClosedWatchServiceException closed) {
      LOG.log(Level.FINE, "no longer watching {0}", file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to happen in the folder, and for the end of it; false after a second. */
  private boolean await() throws InterruptedException {
    WatchKey key = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    boolean happened = key != null;
    for (int i = 0; key != null && i < MAX_STEPS; i++) {
      key.pollEvents();
      key.reset();
      key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (key != null) {
      key.reset();
    }
    return happened;
  }

  private boolean isDifferent() {
    return !look().equals(seen);
  }

  /** What tells one state of the file from another, links followed. */
  private List<Object> look() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(found.lastModifiedTime(), found.size(), String.valueOf(found.fileKey()));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** Again when the folder itself was replaced. */
  private void watchFolder() {
    Path parent = file.getParent();
    if (parent == null || (folder != null && folder.isValid())) {
      return;
    }
    try {
      folder =
          parent.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      LOG.log(Level.FINE, "cannot watch " + parent, e);
    }
  }
}
