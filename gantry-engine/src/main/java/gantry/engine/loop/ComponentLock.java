package gantry.engine.loop;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.store.ComponentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes of a machine from working on one component at the same time: an agent beside
 * a command, or two commands. The operating system releases it when its holder dies. Used by one
 * thread.
 */
final class ComponentLock implements AutoCloseable {
  private static final int MAX_HOLDER_BYTES = 200;

  private final Path file;
  private final String holder;
  private @Nullable FileChannel channel;
  private @Nullable FileLock lock;

  /**
   * A lock that is not held yet.
   *
   * @param holder says to others who is at work, such as {@code gantry update (pid 4711)}
   */
  ComponentLock(Path stateDir, ComponentKey key, String holder) {
    this.file = stateDir.resolve("locks").resolve(key.project() + "." + key.component() + ".lock");
    this.holder = holder;
  }

  /** Takes it, if nobody else has it. Holding it already is fine. */
  boolean tryAcquire() {
    if (lock != null) {
      return true;
    }
    try {
      FileChannel open = open();
      lock = open.tryLock();
      if (lock != null) {
        open.truncate(0);
        open.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      }
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Who has it, as far as that can be read. */
  String currentHolder() {
    try {
      ByteBuffer text = ByteBuffer.allocate(MAX_HOLDER_BYTES);
      int length = open().read(text, 0);
      return length <= 0
          ? "another process"
          : new String(text.array(), 0, length, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Lets others have it. */
  void release() {
    try {
      if (lock != null) {
        lock.release();
        lock = null;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    release();
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      Files.createDirectories(file.getParent());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    return channel;
  }

  private GantryException failed(IOException e) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION, "cannot use the lock file " + file + ": " + e, e);
  }
}
