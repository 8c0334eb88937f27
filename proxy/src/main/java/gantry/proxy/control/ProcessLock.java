package gantry.proxy.control;

import gantry.proxy.wire.ProxyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes a proxy the only one of its state folder; the kernel frees it with the process. */
final class ProcessLock implements AutoCloseable {
  /** Those who only ask whether a proxy runs hold the lock for a moment; wait for them. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long PAUSE_MILLIS = 5;

  private final FileChannel channel;

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  static ProcessLock take(ProxyFiles files) throws IOException {
    FileChannel channel =
        FileChannel.open(
            files.lock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    @Nullable FileLock lock = channel.tryLock();
    while (lock == null && System.nanoTime() - deadline < 0) {
      pause();
      lock = channel.tryLock();
    }
    if (lock == null) {
      String holder = read(channel);
      channel.close();
      throw new IOException(
          "another proxy (process "
              + holder
              + ") runs on "
              + files.dir()
              + "; it has the lock "
              + files.lock());
    }
    write(channel, ProcessHandle.current().pid() + "\n");
    return new ProcessLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
    return pid.isEmpty() ? "unknown" : pid;
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the lock", e);
    }
  }
}
