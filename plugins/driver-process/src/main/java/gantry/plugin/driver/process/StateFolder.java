package gantry.plugin.driver.process;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver's part of the state folder: {@code images}, {@code containers}, the supervising
 * script, and the lock under which containers are made, begun and removed.
 */
final class StateFolder {
  /** How long to wait for other processes' turns; each takes milliseconds. */
  static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  /** Between two attempts to take the lock from another process. */
  private static final Duration LOCK_POLL = Duration.ofMillis(10);

  /** A file lock belongs to the whole JVM, so its threads take turns here first. */
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path root;

  StateFolder(Path stateDir) {
    this.root = stateDir.toAbsolutePath().normalize().resolve("process");
  }

  Path images() {
    return folder("images");
  }

  Path containers() {
    return folder("containers");
  }

  private Path folder(String name) {
    Path folder = root.resolve(name);
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (IOException e) {
        throw Failures.unusable(folder, e);
      }
    }
    return folder;
  }

  /** The supervising script: a file named after its content, since running shells read from it. */
  Path script() {
    byte[] content = scriptContent();
    String hash = ContentHash.sha256(content).substring(0, 12);
    Path file = folder("bin").resolve("supervise-" + hash + ".sh");
    if (!Files.exists(file)) {
      write(file, content);
    }
    return file;
  }

  private static byte[] scriptContent() {
    try (InputStream in = StateFolder.class.getResourceAsStream("supervise.sh")) {
      if (in == null) {
        throw new GantryException(
            ErrorCode.BAD_PLUGIN, "driver-process: supervise.sh is missing from its jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a file so that nobody ever sees half of it. */
  static void write(Path file, byte[] content) {
    Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(temporary, content);
      move(temporary, file);
    } catch (IOException e) {
      throw Failures.unusable(file, e);
    }
  }

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the state folder must be on one file system that can rename", e);
    }
  }

  /** Removes a tree, read-only folders included; what is gone already is fine. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Runs this while no other thread and no other process is in here. May be nested. The kernel
   * frees the lock of a process that was killed.
   */
  <T> T locked(Supplier<T> action) {
    Path file = folder("").resolve("lock");
    ReentrantLock lock = LOCKS.computeIfAbsent(file, any -> new ReentrantLock());
    try {
      if (!lock.tryLock(LOCK_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy(file);
      }
    } catch (InterruptedException e) {
      throw Waiting.interrupted("waiting for " + file, e);
    }
    try {
      return lock.getHoldCount() > 1 ? action.get() : lockedAgainstProcesses(file, action);
    } finally {
      lock.unlock();
    }
  }

  private static <T> T lockedAgainstProcesses(Path file, Supplier<T> action) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (!Waiting.until(LOCK_WAIT, LOCK_POLL, () -> tryLock(channel, file))) {
        throw busy(file);
      }
      return action.get(); // closing the channel frees the lock
    } catch (IOException e) {
      throw Failures.unusable(file, e);
    }
  }

  private static boolean tryLock(FileChannel channel, Path file) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      throw Failures.unusable(file, e);
    }
  }

  private static GantryException busy(Path file) {
    return new GantryException(
        ErrorCode.BUSY,
        "another process has held " + file + " for " + LOCK_WAIT.toSeconds() + " s");
  }
}
