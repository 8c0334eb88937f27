package gantry.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.proxy.tcp.Transport;
import gantry.proxy.wire.WireAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Much at once goes another way through the proxy than little. */
class BulkTest {
  private static final long BYTES = 48L * 1024 * 1024;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Transport.class)
  void muchArrivesUnchangedInBothDirectionsAtOnce(Transport transport) throws Exception {
    CompletableFuture<Long> received = new CompletableFuture<>();
    try (TestBackend backend = new TestBackend("a", socket -> exchange(socket, 1, received));
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = proxy.route(backend.active());
      CompletableFuture<Long> down = new CompletableFuture<>();
      try (Socket client = TestProxy.connect(listener)) {
        exchange(client, 2, down);
        assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(sum(2));
        assertThat(down.get(30, TimeUnit.SECONDS)).isEqualTo(sum(1));
      }
      await().until(() -> proxy.count("a") == 0);
    }
  }

  /** After much, little: each byte must be passed on by itself. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void aConversationAfterMuchGoesOn(Transport transport) throws Exception {
    try (TestBackend backend = TestBackend.echo("a");
        TestProxy proxy = new TestProxy(folder, transport)) {
      WireAddress listener = proxy.route(backend.active());
      try (Socket client = TestProxy.connect(listener)) {
        byte[] much = new byte[4 * 1024 * 1024];
        Thread writer = Thread.ofVirtual().start(() -> write(client, much));
        assertThat(client.getInputStream().readNBytes(much.length)).isEqualTo(much);
        writer.join();
        for (int i = 1; i < 100; i++) {
          client.getOutputStream().write(i);
          assertThat(client.getInputStream().read()).isEqualTo(i);
        }
        client.setSoLinger(true, 0);
      }
      await().until(() -> proxy.count("a") == 0);
    }
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void exchange(Socket socket, int seed, CompletableFuture<Long> received)
      throws IOException {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                received.complete(checksum(socket.getInputStream()));
              } catch (IOException e) {
                received.completeExceptionally(e);
              }
            });
    generate(seed, socket.getOutputStream());
    socket.shutdownOutput();
    received.join();
  }

  private static void generate(int seed, OutputStream out) throws IOException {
    Random random = new Random(seed);
    byte[] portion = new byte[100_000];
    for (long done = 0; done < BYTES; done += portion.length) {
      random.nextBytes(portion);
      out.write(portion, 0, (int) Math.min(portion.length, BYTES - done));
    }
  }

  private static long checksum(InputStream in) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] portion = new byte[64 * 1024];
    for (int count = in.read(portion); count > 0; count = in.read(portion)) {
      sum.update(portion, 0, count);
    }
    return sum.getValue();
  }

  private static long sum(int seed) throws IOException {
    CRC32C sum = new CRC32C();
    generate(
        seed,
        new OutputStream() {
          @Override
          public void write(int b) {
            sum.update(b);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            sum.update(bytes, offset, length);
          }
        });
    return sum.getValue();
  }
}
