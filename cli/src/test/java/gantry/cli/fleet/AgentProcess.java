package gantry.cli.fleet;

import gantry.cli.support.Distribution;
import gantry.cli.support.Eventually;
import gantry.engine.exec.CrashPoint;
import gantry.testkit.server.ServerCommand;
import gantry.testkit.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One "machine": an agent with a state folder, an address and a proxy of its own. */
final class AgentProcess implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  /** They stay, to be read when a test has failed. */
  private static final Path LOGS = Path.of("target", "fleet-logs").toAbsolutePath();

  private final String name;
  private final InetSocketAddress web;
  private final Path stateDir;
  private final Path logFile;
  private final ServerCommand command;
  private final List<ServerProcess> lives = new ArrayList<>();

  AgentProcess(String name, InetSocketAddress web, Path home, Map<String, String> environment) {
    this.name = name;
    this.web = web;
    this.stateDir = home.resolve("state-" + name);
    this.logFile = LOGS.resolve(home.getFileName() + "-" + name + ".log");
    this.command =
        new ServerCommand(
            Distribution.program("gantryd").toString(),
            "(mvn package)",
            List.of(
                "run",
                "shop",
                "-c",
                "web",
                "--machine",
                name,
                "--state-dir",
                stateDir.toString(),
                "--bind",
                web.getAddress().getHostAddress()),
            environment,
            logFile);
  }

  String name() {
    return name;
  }

  /** The options by which a command finds this machine. */
  List<String> place() {
    String bind = web.getAddress().getHostAddress();
    return List.of("--machine", name, "--state-dir", stateDir.toString(), "--bind", bind);
  }

  /** Where its proxy listens for the component. */
  InetSocketAddress web() {
    return web;
  }

  /** Starts it, and waits until it says that it runs. */
  AgentProcess start() {
    return start(command);
  }

  /** Starts it to die at a point, and waits until it says that it runs. */
  AgentProcess startToHaltAt(CrashPoint point) {
    Map<String, String> environment = new HashMap<>(command.environment());
    String option = " -D" + CrashPoint.PROPERTY + "=" + point.label();
    environment.merge("GANTRY_JAVA_OPTS", option, String::concat);
    return start(
        new ServerCommand(
            command.program(),
            command.debianPackage(),
            command.arguments(),
            environment,
            command.logFile()));
  }

  private AgentProcess start(ServerCommand command) {
    makeLogFolder();
    String ready = "Running web of project shop on machine " + name;
    long before = lines().stream().filter(ready::equals).count();
    lives.add(
        ServerProcess.start(
            command,
            () -> lines().stream().filter(ready::equals).count() > before,
            START_DEADLINE));
    return this;
  }

  private static void makeLogFolder() {
    try {
      Files.createDirectories(LOGS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once (SIGKILL). */
  void kill() {
    lives.getLast().kill();
  }

  /** Ends it in order (SIGTERM). */
  void stop() {
    lives.getLast().stop();
  }

  /** Whether it runs; a paused one does. */
  boolean isAlive() {
    return lives.getLast().isAlive();
  }

  void pause() {
    lives.getLast().pause();
  }

  void resume() {
    lives.getLast().resume();
  }

  /** What it said, in all its lives. */
  List<String> lines() {
    try {
      return Files.exists(logFile) ? Files.readAllLines(logFile) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When it first said something that contains these words. */
  Optional<Instant> toldAt(String words) {
    return lines().stream()
        .filter(line -> line.contains(words))
        .findFirst()
        .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))));
  }

  /** When it last said something that contains these words, before a moment. */
  Optional<Instant> toldLastBefore(Instant moment, String words) {
    return lines().stream()
        .filter(line -> line.contains(words))
        .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
        .filter(told -> !told.isAfter(moment))
        .reduce((earlier, later) -> later);
  }

  /** How often it said so, in all its lives. */
  long timesTold(String words) {
    return lines().stream().filter(line -> line.contains(words)).count();
  }

  void awaitWords(String words) {
    Eventually.holds("machine " + name + " says '" + words + "'", () -> toldAt(words).isPresent());
  }

  /** Whether a new connection through its proxy is answered by this version. */
  boolean serves(String version) {
    try (WebConnection connection = WebConnection.open(web)) {
      return connection.ask("/version").equals(version);
    } catch (IOException e) {
      return false; // not there yet: asked again until the deadline
    }
  }

  /** The process that carries its traffic. */
  ProcessHandle proxy() {
    try {
      String pid = Files.readString(stateDir.resolve("proxy").resolve("lock")).strip();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("machine " + name + " has no proxy", e);
    }
  }

  /** The proxies that run for it: one, if all is well. */
  List<ProcessHandle> proxies() {
    return ProcessHandle.allProcesses().filter(this::isProxy).toList();
  }

  /** Only a process that was started for this very state folder; its agents name that as well. */
  private boolean isProxy(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains("gantry.proxy.ProxyMain"))
        .filter(line -> line.contains("--state-dir " + stateDir))
        .isPresent();
  }

  /** Ends it in all its lives, with the proxy that it started. */
  @Override
  public void close() {
    lives.forEach(ServerProcess::close);
    proxies().forEach(ProcessHandle::destroyForcibly);
  }
}
