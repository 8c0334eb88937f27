package gantry.proxy.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Switches between two backends as fast as it goes while clients connect. The parity of {@code
 * acknowledged} says which backend is the right one; a client that saw no switch begin between its
 * connect and its answer must have reached that one.
 */
class SwitchUnderLoadTest {
  private static final int CLIENTS = 8;

  @TempDir Path folder;

  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger judged = new AtomicInteger();
  private final Map<String, Integer> mistakes = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource(Transport.class)
  void noConnectionIsMisroutedOrLost(Transport transport) throws Exception {
    try (TestBackend a = TestBackend.named("a");
        TestBackend b = TestBackend.named("b");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = proxy.route(a.active(), b.draining());
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofPlatform().start(() -> connectUntilOver(listener)));
      }
      int switches = transport == Transport.EPOLL ? 2000 : 500;
      for (int i = 1; i <= switches; i++) {
        begun.set(i);
        if (i % 2 == 0) {
          proxy.route(listener, a.active(), b.draining());
        } else {
          proxy.route(listener, a.draining(), b.active());
        }
        acknowledged.set(i);
        if (i % 20 == 0) {
          int before = judged.get();
          await().until(() -> judged.get() > before + 2 || !mistakes.isEmpty());
        }
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      assertThat(mistakes).isEmpty();
      assertThat(judged.get()).isGreaterThan(100);
      await().until(() -> proxy.count("a") + proxy.count("b") == 0);
    }
  }

  private void connectUntilOver(WireAddress listener) {
    while (!over.get()) {
      long before = acknowledged.get();
      String got = ask(listener);
      if (!got.equals("a") && !got.equals("b")) {
        mistakes.merge(got, 1, Integer::sum);
      } else if (begun.get() == before) {
        judged.incrementAndGet();
        if (!got.equals(before % 2 == 0 ? "a" : "b")) {
          mistakes.merge("misrouted", 1, Integer::sum);
        }
      }
    }
  }

  private static String ask(WireAddress listener) {
    try (Socket client = TestProxy.connect(listener)) {
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
