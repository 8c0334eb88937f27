package gantry.proxy;

import static org.awaitility.Awaitility.await;

import gantry.proxy.client.ProxyClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts the program as a user or a service manager would, and ends what is left of it. */
final class ProxyPrograms implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final List<Process> started = new ArrayList<>();

  Process start(String... arguments) throws IOException {
    return launch(builder(arguments));
  }

  /** Starts it as one whose runtime folder this is. */
  Process startIn(Path runtimeFolder, String... arguments) throws IOException {
    ProcessBuilder builder = builder(arguments);
    builder.environment().put("XDG_RUNTIME_DIR", runtimeFolder.toString());
    return launch(builder);
  }

  private Process launch(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "gantry.proxy.ProxyMain"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  Process startOn(Path stateDir) throws IOException {
    return start("--state-dir", stateDir.toString());
  }

  Process upgradeOn(Path stateDir) throws IOException {
    return start("--state-dir", stateDir.toString(), "--upgrade");
  }

  static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  static void awaitAnswer(ProxyClient client) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> client.status(TIMEOUT).pid() > 0);
  }

  static void awaitAnswerOf(ProxyClient client, Process process) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> client.status(TIMEOUT).pid() == process.pid());
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }
}
