package gantry.plugin.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerSpec;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import gantry.testkit.container.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process sees and leaves behind. */
@Timeout(120)
final class ProcessBehaviourTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ProcessRig rig;
  private ContainerDriver driver;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig = new ProcessRig(folder);
    driver = rig.driver();
  }

  @AfterEach
  void close() {
    for (ContainerStatus status : driver.list(Map.of())) {
      driver.kill(status.id());
      driver.remove(status.id());
    }
    rig.close();
  }

  @Test
  void seesItsPortsItsVariablesAndNotThoseOfItsStarter() {
    ContainerId id = start("env; pwd; sleep 60");
    await()
        .atMost(PATIENCE)
        .until(() -> driver.logs(id, 99).stream().anyMatch(it -> it.startsWith("/")));
    int port = endpoint(id, 80);

    assertThat(driver.logs(id, 99))
        .contains("PORT=" + port, "PORT_80=" + port, "PORT_443=" + endpoint(id, 443))
        .contains("COLOR=red", "GANTRY_CONTAINER=" + id)
        .anyMatch(line -> line.startsWith(rig.stateDir() + "/process/images/"))
        .noneMatch(line -> line.startsWith("SUREFIRE") || line.startsWith("MAVEN"));
    assertThat(port).isBetween(20_000, 32_767).isNotEqualTo(endpoint(id, 443));
  }

  @Test
  void aNewLifeKeepsItsPortUnlessSomebodyElseTookIt() throws IOException {
    ContainerId id = start("sleep 60");
    int first = endpoint(id, 80);
    driver.kill(id);
    driver.start(id);
    assertThat(endpoint(id, 80)).isEqualTo(first);
    driver.kill(id);

    try (var other = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
      driver.start(id);
      assertThat(endpoint(id, 80)).isNotEqualTo(other.getLocalPort());
    }
  }

  @Test
  void aChattyProcessIsNotHeldUpAndItsLogStaysSmall() throws IOException {
    ContainerId id = start("seq 1 5000000; echo end; exit 0");
    awaitExit(id, 0);

    Path folder = rig.stateDir().resolve("process/containers/" + id);
    assertThat(Files.size(folder.resolve("log"))).isLessThanOrEqualTo(8L << 20);
    assertThat(Files.size(folder.resolve("log.1"))).isLessThanOrEqualTo(8L << 20);
    assertThat(driver.logs(id, 3)).containsExactly("4999999", "5000000", "end");
    assertThat(driver.logs(id, 50_000)).hasSize(50_000).isSubsetOf(driver.logs(id, 60_000));
  }

  @Test
  void whatAProcessLeavesBehindEndsWithIt() {
    ContainerId id = start("setsid sleep 61 & sleep 62 & echo ready; sleep 63");
    await().atMost(PATIENCE).until(() -> driver.logs(id, 9).contains("ready"));
    assertThat(processes(id)).hasSizeGreaterThanOrEqualTo(4);

    driver.stop(id, PATIENCE);

    await().atMost(PATIENCE).until(() -> processes(id).isEmpty());
  }

  @Test
  void aProcessEndedBySomebodyElseTellsTheSignal() {
    ContainerId id = start("kill -9 $$");

    awaitExit(id, Life.KILLED);
  }

  @Test
  void killedWithoutItsSupervisorTheCodeIsStillKnown() {
    ContainerId id = start("echo ready; sleep 60");
    await().atMost(PATIENCE).until(() -> driver.logs(id, 9).contains("ready"));
    String folder = rig.stateDir() + "/process/bin/";
    ProcessHandle.allProcesses()
        .filter(it -> it.info().arguments().filter(args -> hasPrefix(args, folder)).isPresent())
        .forEach(ProcessHandle::destroyForcibly);

    assertThat(driver.inspect(id).orElseThrow().isRunning()).isTrue();
    driver.kill(id);

    awaitExit(id, Life.KILLED);
  }

  @Test
  void aProgramThatDoesNotExistIsRefusedBeforeAnythingStarts() {
    ContainerId id = create(List.of("no-such-program"));

    GantryException failure = catchThrowableOfType(GantryException.class, () -> driver.start(id));

    assertThat(failure.code()).isEqualTo(ErrorCode.ENGINE_REFUSED);
    assertThat(failure).hasMessageContaining("no-such-program");
    assertThat(driver.inspect(id).orElseThrow().startedAt()).isEmpty();
  }

  private ContainerId start(String script) {
    ContainerId id = create(List.of("sh", "-c", script));
    driver.start(id);
    return id;
  }

  private ContainerId create(List<String> command) {
    rig.publish("web", "latest", new Program.IgnoresTerm());
    Image image = driver.resolve(rig.repo("web"), "latest", PATIENCE);
    driver.pull(image, PullListener.NONE, PATIENCE);
    return driver.create(
        new ContainerSpec(
            "web", image, command, Map.of("COLOR", "red"), Map.of(), Set.of(80, 443)));
  }

  private int endpoint(ContainerId id, int port) {
    var endpoint = driver.inspect(id).orElseThrow().endpoints().get(port);
    assertThat(endpoint).isNotNull();
    return endpoint == null ? 0 : endpoint.port();
  }

  private void awaitExit(ContainerId id, int code) {
    await()
        .atMost(PATIENCE)
        .until(() -> driver.inspect(id).orElseThrow().exitCode().equals(OptionalInt.of(code)));
  }

  private static List<ProcessHandle> processes(ContainerId id) {
    return ProcFs.withVariable(ProcessEnvironment.CONTAINER, id.value());
  }

  private static boolean hasPrefix(String[] arguments, String prefix) {
    return arguments.length > 0 && arguments[0].startsWith(prefix);
  }
}
