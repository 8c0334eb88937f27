package gantry.plugin.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.api.Clock;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.api.container.ContainerStatus;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import gantry.testkit.container.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another process finds after the one that started containers was killed. */
@Timeout(120)
final class ProcessRecoveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ProcessRig rig;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig = new ProcessRig(folder);
  }

  @AfterEach
  void close() {
    for (ContainerStatus status : rig.driver().list(StarterMain.LABELS)) {
      rig.driver().kill(status.id());
      rig.driver().remove(status.id());
    }
    rig.close();
  }

  @Test
  void aContainerOutlivesWhoStartedItAndItsEndIsKnown() throws Exception {
    rig.publish("web", "latest", new Program.EndsOnTerm(7));
    Process starter = fork(rig.repo("web"));
    ContainerId id = started(starter);
    starter.destroyForcibly().waitFor();

    ContainerStatus status = rig.driver().inspect(id).orElseThrow();
    assertThat(status.isRunning()).isTrue();
    await().atMost(PATIENCE).until(() -> rig.driver().logs(id, 5).contains("started"));
    AtomicInteger wakes = new AtomicInteger();
    try (var other = new ProcessDriver(rig.stateDir(), Clock.SYSTEM)) {
      other.watch(StarterMain.LABELS, wakes::incrementAndGet);
      rig.driver().stop(id, PATIENCE);
      await().atMost(PATIENCE).until(() -> wakes.get() > 0);
    }

    ContainerStatus ended = rig.driver().inspect(id).orElseThrow();
    assertThat(ended.exitCode()).isEqualTo(OptionalInt.of(7));
    assertThat(ended.startedAt()).isEqualTo(status.startedAt());
    assertThat(rig.driver().logs(id, 5)).endsWith("bye");
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 11, 23, 37, 61, 97})
  void killedAtAnyPointNothingIsForgottenAndNothingRunsTwice(long delayMillis) throws Exception {
    rig.publish("web", "latest", new Program.IgnoresTerm());
    Process starter = fork(rig.repo("web"), "loop");
    started(starter);
    Thread.sleep(
        delayMillis); // not a wait for a condition: the moment of the kill is the test's input
    starter.destroyForcibly().waitFor();

    List<ContainerStatus> found = rig.driver().list(StarterMain.LABELS);
    assertThat(found).hasSizeLessThanOrEqualTo(1);
    assertThat(ours()).isSubsetOf(ids(found));
    for (ContainerStatus status : found) {
      rig.driver().start(status.id());
      await().atMost(PATIENCE).until(() -> rig.driver().logs(status.id(), 5).contains("started"));
      assertThat(mainProcesses(status.id())).hasSize(1);
      rig.driver().kill(status.id());
      rig.driver().remove(status.id());
    }
    assertThat(ours()).isEmpty();
  }

  @Test
  void aLifeThatWasRecordedButNeverBegunHasEndedAndBeginsNoMore() throws Exception {
    ContainerId id = created();
    ContainerStore store = new ContainerStore(new StateFolder(rig.stateDir()));
    ContainerRecord record = store.find(id).orElseThrow();
    ContainerRecord next = record.nextLife(Map.of(), record.created().plusNanos(1));
    Life life = new Life(store.folder(id.value()), 1);
    life.prepare();
    store.update(next);

    assertThat(rig.driver().inspect(id).orElseThrow().state()).isEqualTo(ContainerState.EXITED);
    Process late =
        new Supervisor(new StateFolder(rig.stateDir()))
            .launch(next, life, life.folder().resolve("log"), Path.of(rig.repo("web"), "latest"));
    assertThat(late.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(rig.driver().inspect(id).orElseThrow().state()).isEqualTo(ContainerState.EXITED);

    rig.driver().start(id);
    assertThat(rig.driver().inspect(id).orElseThrow().isRunning()).isTrue();
  }

  @Test
  void aReusedPidIsNeitherTakenForOursNorSignalled() throws Exception {
    ContainerId id = created();
    rig.driver().start(id);
    rig.driver().kill(id);
    Process stranger = new ProcessBuilder("sleep", "60").start();
    Path life = rig.stateDir().resolve("process/containers/" + id + "/life-1");
    long start = ProcFs.stat(stranger.pid()).orElseThrow().startTicks();
    Files.writeString(
        life.resolve("pid"), stranger.pid() + " " + (start - 1) + " " + ProcFs.bootId());
    Files.delete(life.resolve("done"));

    assertThat(rig.driver().inspect(id).orElseThrow().state()).isEqualTo(ContainerState.EXITED);
    rig.driver().stop(id, PATIENCE);
    rig.driver().kill(id);

    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly().waitFor();
  }

  @Test
  void twoProcessesThatStartOneContainerStartItOnce() throws Exception {
    ContainerId id = created();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (var driver = new ProcessDriver(rig.stateDir(), Clock.SYSTEM)) {
                      driver.start(id);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    await().atMost(PATIENCE).until(() -> rig.driver().logs(id, 5).contains("started"));
    assertThat(mainProcesses(id)).hasSize(1);
    assertThat(rig.driver().logs(id, 9)).containsExactly("started");
  }

  private ContainerId created() {
    rig.publish("web", "latest", new Program.IgnoresTerm());
    Image image = rig.driver().resolve(rig.repo("web"), "latest", PATIENCE);
    rig.driver().pull(image, PullListener.NONE, PATIENCE);
    return rig.driver().create(StarterMain.spec("web", image));
  }

  private Process fork(String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.addAll(List.of(StarterMain.class.getName(), rig.stateDir().toString()));
    line.addAll(List.of(args));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static ContainerId started(Process starter) throws IOException {
    var out = new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8);
    String line = new BufferedReader(out).readLine();
    assertThat(line).startsWith(StarterMain.STARTED);
    return new ContainerId(line.substring(StarterMain.STARTED.length()));
  }

  private static Set<String> ids(List<ContainerStatus> found) {
    return found.stream().map(status -> status.id().value()).collect(Collectors.toSet());
  }

  /** Ids of all containers of this test that have processes, as their environment tells. */
  private Set<String> ours() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> workingFolder(pid).startsWith(rig.stateDir()))
        .flatMap(pid -> environment(pid).stream())
        .filter(it -> it.startsWith("GANTRY_CONTAINER="))
        .map(it -> it.substring("GANTRY_CONTAINER=".length()))
        .collect(Collectors.toSet());
  }

  private static Path workingFolder(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
    } catch (IOException e) {
      return Path.of("/");
    }
  }

  private static List<String> environment(long pid) {
    try {
      return List.of(Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0", -1));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Those that lead a session: one for each life that goes on. */
  private static List<Long> mainProcesses(ContainerId id) {
    return ProcFs.withVariable(ProcessEnvironment.CONTAINER, id.value()).stream()
        .map(ProcessHandle::pid)
        .filter(pid -> session(pid) == pid)
        .toList();
  }

  private static long session(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    } catch (IOException e) {
      return -1;
    }
  }
}
