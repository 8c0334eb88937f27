package gantry.plugin.driver.docker;

import static gantry.plugin.driver.docker.DockerServers.LABELS;
import static gantry.plugin.driver.docker.DockerServers.PATIENCE;
import static gantry.plugin.driver.docker.DockerServers.assertFails;
import static gantry.plugin.driver.docker.DockerServers.run;
import static gantry.plugin.driver.docker.DockerServers.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.Subscription;
import gantry.api.container.ContainerDriver;
import gantry.api.container.ContainerId;
import gantry.api.container.ContainerState;
import gantry.api.container.Image;
import gantry.api.container.PullListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is mute, dies, comes back, or was never there. */
final class DockerEngineFaultsIT {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Limits LIMITS = new Limits(SHORT, SHORT, Duration.ofMillis(500));

  @TempDir private Path folder;
  private DockerServers servers;
  private ContainerDriver driver;

  @BeforeEach
  void start() {
    servers = DockerServers.start();
    driver = servers.driver(folder, LIMITS);
  }

  @AfterEach
  void close() {
    driver.close();
    servers.close();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("gantry-docker") || name.startsWith("docker-java"))
        .toList();
  }

  @Test
  void aMuteEngineEndsEveryCallWithinItsLimitAndHoldsNoThread() {
    Image image = servers.local(driver, "silent");
    Image absent = new Image("127.0.0.1:1/x", "v", image.id(), Optional.of(image.id()));
    ContainerId id = run(driver, spec("one", image));
    servers.engine().pause();
    try {
      List<ThrowingCallable> calls =
          List.of(
              () -> driver.list(LABELS),
              () -> driver.inspect(id),
              () -> driver.create(spec("two", image)),
              () -> driver.start(id),
              () -> driver.stop(id, Duration.ZERO),
              () -> driver.kill(id),
              () -> driver.remove(id),
              () -> driver.logs(id, 5),
              () -> driver.exec(id, List.of("true"), SHORT),
              () -> driver.resolve("silent", "latest", SHORT.multipliedBy(2)),
              () -> driver.pull(absent, PullListener.NONE, SHORT.multipliedBy(2)));
      for (ThrowingCallable call : calls) {
        long start = Clock.SYSTEM.monotonicNanos();
        assertFails(ErrorCode.ENGINE_UNREACHABLE, call);
        assertThat(Clock.SYSTEM.since(start)).isLessThan(SHORT.multipliedBy(3));
      }
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
    } finally {
      servers.engine().resume();
    }
    assertThat(driver.inspect(id)).isPresent();
  }

  @Test
  void aContainerWhoseCreationWasNotAnsweredIsAdopted() {
    Image image = servers.local(driver, "silent");
    servers.engine().pause();
    assertFails(ErrorCode.ENGINE_UNREACHABLE, () -> driver.create(spec("one", image)));
    servers.engine().resume();

    ContainerId id = driver.create(spec("one", image));

    assertThat(driver.list(LABELS)).singleElement().matches(it -> it.id().equals(id));
  }

  @Test
  void aWatchSurvivesTheEngineAndWakesWhenItIsBack() {
    ContainerId id = run(driver, spec("one", servers.local(driver, "silent")));
    AtomicInteger wakes = new AtomicInteger();
    try (Subscription watch = driver.watch(LABELS, wakes::incrementAndGet)) {
      await().atMost(PATIENCE).until(() -> wakes.getAndSet(0) > 0);
      servers.engine().kill();
      assertFails(ErrorCode.ENGINE_UNREACHABLE, () -> driver.list(LABELS));
      wakes.set(0);

      servers.engine().restart();

      await().atMost(PATIENCE).until(() -> wakes.getAndSet(0) > 0);
      await()
          .atMost(PATIENCE)
          .until(() -> driver.inspect(id).orElseThrow().state() == ContainerState.EXITED);
      driver.start(id);
      await().atMost(PATIENCE).until(() -> wakes.get() > 0);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void aClosedWatchHoldsNoThread() {
    AtomicInteger wakes = new AtomicInteger();
    Subscription watch = driver.watch(LABELS, wakes::incrementAndGet);
    await().atMost(PATIENCE).until(() -> wakes.get() > 0);

    watch.close();

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  @Test
  void aClosedDriverHoldsNoThread() {
    AtomicInteger wakes = new AtomicInteger();
    driver.watch(LABELS, wakes::incrementAndGet);
    await().atMost(PATIENCE).until(() -> wakes.get() > 0);

    driver.close();

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
    assertFails(ErrorCode.ENGINE_UNREACHABLE, () -> driver.list(Map.of()));
  }

  @Test
  void anEngineBehindTcpIsReachedToo() {
    int port = gantry.testkit.server.FreePorts.next();
    try (Forwarder forwarder = Forwarder.start(port, servers.engine().socket());
        ContainerDriver remote =
            DockerRig.driver("tcp://127.0.0.1:" + port, folder, Map.of(), Limits.DEFAULT)) {
      Image image = servers.local(remote, "silent");

      ContainerId id = run(remote, spec("tcp", image, 8080));

      assertThat(DockerServers.endpoint(remote.inspect(id).orElseThrow(), 8080).host())
          .isEqualTo("127.0.0.1"); // published: the engine is not known to be on this machine
      assertThat(forwarder).isNotNull();
    }
  }
}
