package gantry.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerProcessTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private ServerCommand shell(String script) {
    return new ServerCommand("sh", "dash", List.of("-c", script), folder.resolve("log"));
  }

  private ServerProcess start(String script) {
    Path ready = folder.resolve("ready");
    return ServerProcess.start(
        shell(script.replace("READY", "touch " + ready)), () -> Files.exists(ready), DEADLINE);
  }

  @Test
  void aServerRunsUntilItIsClosed() {
    ServerProcess server = start("READY; sleep 100");
    assertThat(server.isAlive()).isTrue();
    server.close();
    server.close();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void whatAServerStartedEndsWithIt() {
    ServerProcess server = start("sleep 100 & READY; wait");
    ProcessHandle child =
        ProcessHandle.of(server.pid()).orElseThrow().children().findFirst().orElseThrow();
    server.close();
    child.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void aPausedServerEndsToo() {
    try (ServerProcess server = start("READY; sleep 100")) {
      server.pause();
      assertThat(server.isAlive()).isTrue();
    }
  }

  @Test
  void aProgramThatEndsEarlyIsToldWithItsOutput() {
    assertThatThrownBy(() -> start("echo no such disk; exit 7"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended with code 7")
        .hasMessageContaining("no such disk");
  }

  @Test
  void aServerThatIsNeverReadyIsToldAndEnded() {
    assertThatThrownBy(
            () ->
                ServerProcess.start(
                    shell("echo hanging; sleep 100"), () -> false, Duration.ofMillis(200)))
        .hasMessageContaining("was not ready within 200 ms")
        .hasMessageContaining("hanging");
  }

  @Test
  void aMissingProgramNamesThePackageToInstall() {
    ServerCommand command =
        new ServerCommand("no-such-server", "no-such-package", List.of(), folder.resolve("log"));
    assertThatThrownBy(() -> ServerProcess.start(command, () -> true, DEADLINE))
        .hasMessageContaining("no-such-server is not installed")
        .hasMessageContaining("apt-get install no-such-package");
  }
}
