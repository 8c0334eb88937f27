package gantry.cli.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The caches with which a user's programs start. Tests start hundreds of them: without the caches
 * most of their time would be spent in starting.
 */
final class TrainedCaches {
  private static final long LIMIT_SECONDS = 180;

  private TrainedCaches() {}

  /** Makes them where they are missing or older than the programs; one process at a time does. */
  static void in(Path home) {
    Path lockFile = home.resolveSibling(home.getFileName() + "-training.lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !areCurrent(home.resolve("lib"))) {
        train(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean areCurrent(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      FileTime newest =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .map(TrainedCaches::time)
              .max(FileTime::compareTo)
              .orElseThrow();
      return Stream.of("gantry.aot", "gantryd.aot")
          .map(lib::resolve)
          .allMatch(cache -> Files.exists(cache) && time(cache).compareTo(newest) > 0);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void train(Path home) throws IOException {
    Path log = home.resolveSibling(home.getFileName() + "-training.log");
    Process training =
        new ProcessBuilder("sh", home.resolve("lib").resolve("train.sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!training.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || training.exitValue() != 0) {
        throw new IllegalStateException("lib/train.sh made no caches\nnext: read " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
