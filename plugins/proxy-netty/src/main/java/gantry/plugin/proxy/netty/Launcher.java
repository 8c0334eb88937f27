package gantry.plugin.proxy.netty;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.proxy.client.ProxyClient;
import gantry.proxy.client.ProxyRefusedException;
import gantry.proxy.wire.ProxyFiles;
import gantry.proxy.wire.ProxyVersion;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the proxy as a process that outlives this one: a session of its own, so that Ctrl-C in our
 * terminal does not reach it, and none of our streams. Of several starters, in this process or in
 * others, one holds the start lock and the others wait for its result.
 */
final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration ONE_TRY = Duration.ofSeconds(1);
  private static final int SHOWN_OUTPUT_CHARS = 2000;

  private final ProxyClient client;
  private final ProxyFiles files;
  private final Supplier<List<String>> command;

  Launcher(ProxyClient client, Supplier<List<String>> command) {
    this.client = client;
    this.files = client.files();
    this.command = command;
  }

  /**
   * Returns when the proxy answers. One of an older version hands over to ours; when that does not
   * work, the old one serves on.
   */
  void start(Deadline deadline) {
    try {
      if (answers(deadline)) {
        upgradeWhenOlder(deadline);
        return;
      }
      files.create();
      try (FileChannel channel =
          FileChannel.open(
              files.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        while (!startOnce(channel, deadline)) {
          giveUpWhenOver(deadline, "did not answer", null);
          deadline.pause(PAUSE);
        }
      }
    } catch (IOException e) {
      throw failed("cannot start the proxy: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while starting the proxy", e);
    }
  }

  /**
   * Starts a process that takes over from the running one; returns when it answers.
   *
   * @throws GantryException when it does not; then the old one serves on
   */
  void upgrade(Deadline deadline) {
    try {
      files.create();
      try (FileChannel channel =
              FileChannel.open(
                  files.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          throw failed("somebody else is starting a proxy at the moment", null);
        }
        List<String> upgrading = new ArrayList<>(command.get());
        upgrading.add("--upgrade");
        Process process = spawn(upgrading);
        while (!answers(process.pid(), deadline)) {
          if (!process.isAlive()) {
            throw failed("the newer proxy ended, the old one serves on: " + output(), null);
          }
          if (deadline.isOver()) {
            process.destroy();
          }
          giveUpWhenOver(deadline, "that is newer did not take over, the old one serves on", null);
          deadline.pause(PAUSE);
        }
      }
    } catch (IOException e) {
      throw failed("cannot upgrade the proxy: " + e.getMessage(), e);
    } catch (OverlappingFileLockException e) {
      throw failed("somebody else is starting a proxy at the moment", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while upgrading the proxy", e);
    }
  }

  private void upgradeWhenOlder(Deadline deadline) {
    try {
      String running = client.hello(ONE_TRY).version();
      if (ProxyVersion.isOlder(running, ProxyVersion.current())) {
        LOG.info("upgrading the proxy from {} to {}", running, ProxyVersion.current());
        upgrade(deadline);
      }
    } catch (IOException | ProxyRefusedException | GantryException e) {
      LOG.warn("the proxy was not upgraded, and serves on: {}", e.getMessage());
    }
  }

  /** Starts it when nobody else does; false when somebody else is at it and not done. */
  private boolean startOnce(FileChannel channel, Deadline deadline)
      throws IOException, InterruptedException {
    if (answers(deadline)) {
      return true;
    }
    try (FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      if (!client.isRunning()) {
        await(spawn(command.get()), deadline);
        return true;
      }
      return answers(deadline);
    } catch (OverlappingFileLockException anotherThread) {
      return false;
    }
  }

  private Process spawn(List<String> program) throws IOException {
    File output = files.startLog().toFile();
    ProcessBuilder builder = new ProcessBuilder(program);
    builder.directory(files.dir().toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(output);
    return builder.start();
  }

  private void await(Process process, Deadline deadline) throws IOException, InterruptedException {
    while (!answers(deadline)) {
      if (!process.isAlive() && !client.isRunning()) {
        throw failed(
            "the proxy ended at once (exit code " + process.exitValue() + "): " + output(), null);
      }
      giveUpWhenOver(deadline, "was started, but does not answer", null);
      deadline.pause(PAUSE);
    }
  }

  private boolean answers(Deadline deadline) {
    if (!Files.exists(files.socket())) {
      return false;
    }
    Duration left = deadline.left();
    try {
      client.status(left.compareTo(ONE_TRY) < 0 ? left : ONE_TRY);
      return true;
    } catch (IOException notYet) {
      return false;
    } catch (ProxyRefusedException e) {
      throw failed("the proxy answers with an error: " + e.getMessage(), e);
    }
  }

  /** Whether this process is the one that answers; the launcher becomes the program. */
  private boolean answers(long pid, Deadline deadline) {
    Duration left = deadline.left();
    try {
      return client.hello(left.compareTo(ONE_TRY) < 0 ? left : ONE_TRY).pid() == pid;
    } catch (IOException | ProxyRefusedException notYet) {
      return false;
    }
  }

  private void giveUpWhenOver(Deadline deadline, String what, @Nullable Exception cause) {
    if (deadline.isOver()) {
      throw failed("the proxy " + what + " within " + deadline.limit().toSeconds() + " s", cause);
    }
  }

  private String output() throws IOException {
    Path log = files.startLog();
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    return text.substring(Math.max(0, text.length() - SHOWN_OUTPUT_CHARS));
  }

  private GantryException failed(String message, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.PROXY_UNREACHABLE, message, "look into " + files.log(), cause);
  }
}
