package gantry.plugin.coordinator.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all other threads and processes out. The kernel's lock belongs to the whole process, and
 * ends when the process closes <em>any</em> handle of the file; so there is one of these per file,
 * its handle is opened only while it is held, and a lock between threads comes first.
 */
final class StoreLock {
  private static final Duration RETRY = Duration.ofNanos(500_000);
  private static final Map<Path, StoreLock> LOCKS = new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock threads = new ReentrantLock(true);

  private StoreLock(Path file) {
    this.file = file;
  }

  /** The lock of a folder. One for the life of the process: there are few. */
  static StoreLock of(Path folder) {
    Path file = folder.toAbsolutePath().normalize().resolve("lock");
    return LOCKS.computeIfAbsent(file, StoreLock::new);
  }

  /** What is done under the lock. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Nobody let go of the lock in time; nothing was done. */
  static final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    Busy(Path file, Duration limit) {
      super("another process has held " + file + " for " + limit.toMillis() + " ms");
    }
  }

  /**
   * Does something alone.
   *
   * @throws Busy not within this time
   */
  <T> T hold(Duration limit, Work<T> work) throws IOException {
    long start = System.nanoTime();
    if (!acquireThreads(limit)) {
      throw new Busy(file, limit);
    }
    try {
      Files.createDirectories(file.getParent());
      try (RandomAccessFile handle = new RandomAccessFile(file.toFile(), "rw")) {
        awaitOtherProcesses(handle, start, limit);
        return work.run(); // closing the handle lets go
      }
    } finally {
      threads.unlock();
    }
  }

  private boolean acquireThreads(Duration limit) {
    try {
      return threads.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return threads.tryLock();
    }
  }

  private void awaitOtherProcesses(RandomAccessFile handle, long start, Duration limit)
      throws IOException {
    // Asked again and again: a wait inside the kernel could not be bounded.
    while (tryLock(handle) == null) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new Busy(file, limit);
      }
      LockSupport.parkNanos(RETRY.toNanos());
    }
  }

  private static @Nullable FileLock tryLock(RandomAccessFile handle) throws IOException {
    try {
      return handle.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by a copy of this class in another class loader
    }
  }
}
