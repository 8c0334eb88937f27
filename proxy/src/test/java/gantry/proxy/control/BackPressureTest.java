package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.io.Chunks;
import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackPressureTest {
  private static final int CLIENTS = 300;
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Transport.class)
  void readersThatStallCostLittleMemoryAndLoseNothing(Transport transport) throws Exception {
    AtomicLong sent = new AtomicLong();
    AtomicLong serial = new AtomicLong();
    long before = Chunks.allocatedBytes();
    try (TestBackend backend =
            new TestBackend("a", socket -> send(socket, sizeOf(serial.getAndIncrement()), sent));
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = proxy.route(backend.active());
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(stalled(listener));
      }
      awaitStandstill(sent);
      assertThat(Chunks.allocatedBytes() - before).isLessThan(MAX_BYTES);
      assertThat(proxy.count("a")).isEqualTo(CLIENTS);
      long received = 0;
      for (Socket client : clients) {
        received += client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        client.close();
      }
      assertThat(received).isEqualTo(total());
      await().until(() -> proxy.count("a") == 0);
    }
  }

  /** Small and large answers, so that for some the end of the stream waits in the proxy. */
  private static long sizeOf(long serial) {
    return 100_000 + (serial % 40) * 50_000;
  }

  private static long total() {
    long total = 0;
    for (long i = 0; i < CLIENTS; i++) {
      total += sizeOf(i);
    }
    return total;
  }

  private static void send(Socket socket, long size, AtomicLong sent) throws IOException {
    byte[] portion = new byte[10_000];
    for (long done = 0; done < size; done += portion.length) {
      socket.getOutputStream().write(portion);
      sent.addAndGet(portion.length);
    }
    socket.shutdownOutput();
    socket.getInputStream().readAllBytes();
  }

  private static Socket stalled(WireAddress listener) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress(listener.host(), listener.port()));
    return socket;
  }

  private static void awaitStandstill(AtomicLong sent) {
    AtomicLong before = new AtomicLong(-1);
    await()
        .pollInterval(java.time.Duration.ofMillis(300))
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
  }
}
