package gantry.testkit.server;

import gantry.api.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A program that runs for a test. It ends with {@link #close()}, at the latest with the JVM; what
 * it started and left behind ends with it. Only processes that were started here are touched, each
 * by its own process id.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration TERM_GRACE = Duration.ofSeconds(10);
  private static final Duration KILL_GRACE = Duration.ofSeconds(10);
  private static final int TAIL_LINES = 30;

  private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(ServerProcess::killAll, "gantry-testkit-servers"));
  }

  private final ServerCommand command;
  private final Process process;
  private final Set<ProcessHandle> descendants = ConcurrentHashMap.newKeySet();

  private ServerProcess(ServerCommand command, Process process) {
    this.command = command;
    this.process = process;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param ready asked every 20 ms; must not block for long
   * @throws IllegalStateException the program is missing, ended, or was not ready within the
   *     deadline; the message has the end of its log, and nothing is left running
   */
  public static ServerProcess start(
      ServerCommand command, BooleanSupplier ready, Duration deadline) {
    ServerProcess server = new ServerProcess(command, launch(command));
    RUNNING.add(server);
    try {
      server.await("ready", ready, deadline);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static Process launch(ServerCommand command) {
    ProcessBuilder builder = new ProcessBuilder(command.commandLine());
    builder.environment().putAll(command.environment());
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(command.logFile().toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.program(), e);
    }
  }

  /** Waits for a condition; fails at once when the process ends first. */
  public void await(String what, BooleanSupplier condition, Duration deadline) {
    long start = Clock.SYSTEM.monotonicNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        throw failure("ended with code " + process.exitValue() + " before it was " + what);
      }
      if (Clock.SYSTEM.since(start).compareTo(deadline) > 0) {
        throw failure("was not " + what + " within " + deadline.toMillis() + " ms");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs; a paused process does. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it as a frozen machine would (SIGSTOP): connections stay open, nothing answers. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused process go on (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  /** Ends it without a chance to clean up (SIGKILL); what it started lives on until the close. */
  public void kill() {
    rememberDescendants();
    process.destroyForcibly();
    if (!ended(KILL_GRACE)) {
      throw failure("did not end after SIGKILL");
    }
  }

  /** Asks it to end (SIGTERM), and kills it when it does not within 10 s. */
  public void stop() {
    rememberDescendants();
    if (process.isAlive()) {
      process.destroy();
      signal("CONT"); // a paused process sees SIGTERM only when it goes on
    }
    if (!ended(TERM_GRACE)) {
      kill();
    }
  }

  /** Stops it, then kills what it left behind. A second close does nothing. */
  @Override
  public void close() {
    stop();
    descendants.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(this);
  }

  /** The last lines of its log. */
  public String logTail() {
    try {
      List<String> lines =
          Files.readString(command.logFile(), StandardCharsets.ISO_8859_1).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  private void signal(String name) {
    if (!process.isAlive()) {
      return;
    }
    try {
      // The shell's own kill: a bare system has no other.
      Process kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      // one that has just ended cannot be signalled, and may not be known here to have ended
      if (kill.waitFor() != 0 && !ended(KILL_GRACE)) {
        throw failure("could not be sent SIG" + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run /bin/sh", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("could not be sent SIG" + name + ": interrupted");
    }
  }

  private void rememberDescendants() {
    process.descendants().forEach(descendants::add);
  }

  private boolean ended(Duration grace) {
    try {
      return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException(
        "%s (pid %d) %s; end of %s:%n%s"
            .formatted(command.program(), process.pid(), what, command.logFile(), logTail()));
  }

  private static void killAll() {
    for (ServerProcess server : RUNNING) {
      server.rememberDescendants();
      server.process.destroyForcibly();
      server.descendants.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
