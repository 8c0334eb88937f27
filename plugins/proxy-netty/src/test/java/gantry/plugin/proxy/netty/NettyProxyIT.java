package gantry.plugin.proxy.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.PluginContext;
import gantry.api.proxy.Listener;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyInfo;
import gantry.api.proxy.ProxyOperations;
import gantry.testkit.proxy.HeldConnection;
import gantry.testkit.proxy.SocketProxyContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The contract against real proxy processes. */
class NettyProxyIT extends SocketProxyContract {
  @Override
  protected Proxy open(Path stateDir) {
    return new NettyProxyFactory().create(context(stateDir, Map.of()));
  }

  @Override
  protected void kill() {
    process()
        .ifPresent(
            proxy -> {
              proxy.destroyForcibly();
              await().atMost(Duration.ofSeconds(10)).until(() -> !proxy.isAlive());
            });
  }

  private static PluginContext context(Path stateDir, Map<String, String> options) {
    return new PluginContext(stateDir, "a", options, Clock.SYSTEM);
  }

  private Optional<ProcessHandle> process() {
    Path lock = stateDir.resolve("proxy/lock");
    try {
      return Files.exists(lock)
          ? ProcessHandle.of(Long.parseLong(Files.readString(lock).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + lock, e);
    }
  }

  @Test
  void ofManyStartersAtOnceOneStartsIt() throws Exception {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<Thread> starters =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                newHandleForThread().start();
                              } catch (RuntimeException e) {
                                failures.add(e);
                              }
                            }))
            .toList();
    for (Thread starter : starters) {
      starter.join();
    }
    assertThat(failures).isEmpty();
    assertThat(Files.readString(stateDir.resolve("proxy/proxy.log")).lines())
        .filteredOn(line -> line.contains("started:"))
        .hasSize(1);
  }

  private ProxyOperations operations() {
    return (ProxyOperations) proxy;
  }

  @Test
  void whatRunsIsTold() {
    assertThat(operations().info()).isEmpty();
    proxy.start();
    ProxyInfo info = operations().info().orElseThrow();
    assertThat(info.pid()).isEqualTo(process().orElseThrow().pid());
    assertThat(info.transport()).isIn("io_uring", "epoll");
    assertThat(info.loops()).isPositive();
    assertThat(info.older()).isEmpty();
    assertThat(info.unbound()).isEmpty();
  }

  @Test
  void openConnectionsAreTold() {
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    assertThat(operations().connections(10)).isEmpty();
    try (HeldConnection open = connect(listener)) {
      assertThat(open.backend()).contains("a");
      assertThat(operations().connections(10))
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.owner()).isEqualTo(OWNER);
                assertThat(told.backend()).isEqualTo("a");
                assertThat(told.listener()).isEqualTo(listener.toString());
                assertThat(told.client()).startsWith("127.0.0.");
                assertThat(told.bytesOut()).isPositive();
              });
    }
  }

  @Test
  void anUpgradeKeepsConnectionsAndTheirCounts() {
    Listener listener = freeListener();
    assertThat(operations().upgrade()).as("nothing to upgrade").isEmpty();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    long before = operations().info().orElseThrow().pid();
    try (HeldConnection old = connect(listener)) {
      assertThat(old.backend()).contains("a");
      ProxyInfo fresh = operations().upgrade().orElseThrow();
      assertThat(fresh.pid()).isNotEqualTo(before);
      assertThat(fresh.older()).containsExactly(Map.entry(before, 1L));
      assertThat(old.isAlive()).isTrue();
      assertThat(proxy.status().orElseThrow().backend(OWNER, "a").orElseThrow().connections())
          .isEqualTo(1);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> operations().info().orElseThrow().older().isEmpty());
  }

  @Test
  void aStopRefusesWhileConnectionsAreOpenUnlessItIsMeant() {
    assertThat(operations().stop(false)).as("nothing to stop").isEmpty();
    Listener listener = freeListener();
    proxy.apply(OWNER, List.of(route(listener, active("a"))));
    try (HeldConnection open = connect(listener)) {
      assertThat(open.backend()).contains("a");
      assertThatThrownBy(() -> operations().stop(false))
          .isInstanceOfSatisfying(
              GantryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
          .hasMessageContaining("1 connection is open");
      assertThat(open.isAlive()).isTrue();
      assertThat(operations().stop(true)).hasValue(1);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> proxy.status().isEmpty());
  }

  private Proxy newHandleForThread() {
    return open(stateDir);
  }

  @Test
  void aMuteProxyIsNotTakenForOneThatIsGone() throws Exception {
    proxy.start();
    long pid = process().orElseThrow().pid();
    signal("STOP", pid);
    try {
      assertThatThrownBy(proxy::status)
          .isInstanceOfSatisfying(
              GantryException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.PROXY_UNREACHABLE));
    } finally {
      signal("CONT", pid);
    }
    assertThat(proxy.status()).isPresent();
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  @Test
  void aStateFolderWithALongPathWorks() {
    stateDir = stateDir.resolve("x".repeat(120));
    proxy = newHandle();
    proxy.start();
    assertThat(proxy.status()).isPresent();
  }

  @Test
  void aLauncherThatFailsIsToldWithItsOutput() throws Exception {
    Path launcher = stateDir.resolve("launcher");
    Files.writeString(launcher, "#!/bin/sh\necho no such luck\nexit 7\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Map<String, String> options = Map.of("proxy.command", launcher.toString());
    try (Proxy failing = new NettyProxyFactory().create(context(stateDir, options))) {
      assertThatThrownBy(failing::start)
          .isInstanceOf(GantryException.class)
          .hasMessageContaining("exit code 7")
          .hasMessageContaining("no such luck");
    }
  }
}
