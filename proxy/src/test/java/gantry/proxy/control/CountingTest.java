package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountingTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 400;
  private static final int HELD = 37;

  @TempDir Path folder;

  /** One connection is always open, so that a zero at any moment is a wrong count. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void theCountIsExactUnderChurn(Transport transport) throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = proxy.route(backend.active());
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < HELD; i++) {
        held.add(established(listener));
      }
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong lowest = new AtomicLong(Long.MAX_VALUE);
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      lowest.accumulateAndGet(countOf(proxy), Math::min);
                    }
                  });
      churn(listener);
      await().atMost(Duration.ofSeconds(20)).until(() -> proxy.count("a") == HELD);
      over.set(true);
      reader.join();
      assertThat(lowest.get()).isEqualTo(HELD);
      for (Socket socket : held) {
        assertThat(socket.isConnected()).isTrue();
        socket.close();
      }
      await().until(() -> proxy.count("a") == 0);
    }
  }

  /** The first thing that cannot be delivered tells; a second is not needed. */
  @Test
  void aClientThatWentAwayIsNoticedWithTheNextByteForIt() throws Exception {
    Semaphore lines = new Semaphore(0);
    try (TestBackend backend = new TestBackend("a", socket -> write(socket, lines));
        TestProxy proxy = new TestProxy(folder, Transport.EPOLL)) {
      WireAddress listener = proxy.route(backend.active());
      Socket client = TestProxy.connect(listener);
      lines.release();
      assertThat(client.getInputStream().read()).isEqualTo(1);
      client.close();
      lines.release();
      await().atMost(Duration.ofSeconds(5)).until(() -> proxy.count("a") == 0);
    }
  }

  /** One byte for each permit; what the client says is not looked at. */
  private static void write(Socket socket, Semaphore lines) throws IOException {
    while (true) {
      lines.acquireUninterruptibly();
      socket.getOutputStream().write(1);
    }
  }

  private static long countOf(TestProxy proxy) {
    try {
      return proxy.count("a");
    } catch (RefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Socket established(WireAddress listener) throws IOException {
    Socket socket = TestProxy.connect(listener);
    socket.getOutputStream().write(1);
    assertThat(socket.getInputStream().read()).isEqualTo(1);
    return socket;
  }

  private static void churn(WireAddress listener) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      threads.add(Thread.ofPlatform().start(() -> churn(listener, random)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Every way in which a connection can end: in order, half first, by reset, unused. */
  private static void churn(WireAddress listener, Random random) {
    for (int i = 0; i < ROUNDS; i++) {
      try (Socket socket = TestProxy.connect(listener)) {
        switch (random.nextInt(4)) {
          case 0 -> socket.getOutputStream().write(1);
          case 1 -> {
            socket.getOutputStream().write(1);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
          }
          case 2 -> socket.setSoLinger(true, 0);
          default -> socket.shutdownOutput();
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Test
  void aFailedConnectIsNotCountedAnyMore() throws Exception {
    WireBackend dead = new WireBackend("dead", TestProxy.freeAddress(), true);
    try (TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(dead);
      for (int i = 0; i < 50; i++) {
        try (Socket client = TestProxy.connect(listener)) {
          assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
      }
      await().until(() -> proxy.count("dead") == 0);
    }
  }

  @Test
  void aDrainedBackendIsTold() throws Exception {
    try (TestBackend a = TestBackend.echo("a");
        TestBackend b = TestBackend.echo("b");
        TestProxy proxy = new TestProxy(folder, Transport.best())) {
      WireAddress listener = proxy.route(a.active());
      Socket held = established(listener);
      proxy.route(listener, a.draining(), b.active());
      assertThat(proxy.drained).isEmpty();
      held.close();
      assertThat(proxy.drained.poll(5, TimeUnit.SECONDS)).isEqualTo(TestProxy.OWNER + " a");
    }
  }
}
