package gantry.plugin.driver.docker;

import static gantry.plugin.driver.docker.DockerServers.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to something that is not quite an engine. */
final class EngineTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String VERSION =
      "HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}";

  @TempDir private Path folder;
  private ServerSocketChannel listener;
  private Engine engine;

  @BeforeEach
  void listen() throws IOException {
    Path socket = folder.resolve("s");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    engine =
        new Engine(
            EngineAddress.parse("unix://" + socket),
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), SHORT));
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
    listener.close();
  }

  /** Answers one connection after the other with these, then ends each. */
  private void answer(String... answers) {
    Thread.ofVirtual()
        .start(
            () -> {
              for (String answer : answers) {
                try (SocketChannel client = listener.accept()) {
                  client.read(ByteBuffer.allocate(8192));
                  client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            });
  }

  private void ping() {
    engine.control("pinging", client -> client.pingCmd().exec());
  }

  @Test
  void aMuteEngineIsGivenUpAndItsConnectionClosed() throws IOException {
    assertFails(
            ErrorCode.ENGINE_UNREACHABLE,
            () -> engine.call("pinging", SHORT, client -> client.pingCmd().exec()))
        .extracting(GantryException::text)
        .asString()
        .contains("did not answer within 300 ms while pinging");

    try (SocketChannel client = listener.accept()) {
      ByteBuffer request = ByteBuffer.allocate(8192);
      await().until(() -> client.read(request) < 0);
    }
  }

  @Test
  void anEngineThatTakesNoMoreConnectionsIsGivenUpAndHoldsNoThread() throws IOException {
    Path socket = folder.resolve("full");
    try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Engine stuck =
            new Engine(EngineAddress.parse("unix://" + socket), new Limits(SHORT, SHORT, SHORT))) {
      full.bind(UnixDomainSocketAddress.of(socket), 1);
      for (int call = 0; call < 4; call++) { // the first two are queued, the others must wait
        assertFails(
            ErrorCode.ENGINE_UNREACHABLE,
            () -> stuck.control("pinging", client -> client.pingCmd().exec()));
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(Thread.getAllStackTraces().keySet())
                      .extracting(Thread::getName)
                      .doesNotContain("gantry-docker-call"));
    }
  }

  @Test
  void anEngineThatHangsUpIsUnreachable() {
    answer("");
    assertFails(ErrorCode.ENGINE_UNREACHABLE, this::ping);
  }

  @Test
  void anAnswerThatIsNotHttpIsUnreachable() {
    answer("220 mail.example.org ESMTP\r\n");
    assertFails(ErrorCode.ENGINE_UNREACHABLE, this::ping);
  }

  @Test
  void aTruncatedAnswerIsNotTakenForAWholeOne() {
    answer(VERSION, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"Id");
    assertFails(
        ErrorCode.ENGINE_UNREACHABLE,
        () -> engine.control("listing", client -> client.listContainersCmd().exec()));
  }

  @Test
  void aRefusalHasTheEnginesWords() {
    answer(
        VERSION, "HTTP/1.1 500 Oops\r\nContent-Length: 27\r\n\r\n{\"message\":\"disk is full\"}\n");
    assertFails(
            ErrorCode.ENGINE_REFUSED,
            () -> engine.control("listing", client -> client.listContainersCmd().exec()))
        .extracting(GantryException::text)
        .isEqualTo("the container engine refused listing: disk is full");
  }

  @Test
  void aMissingSocketSaysWhatToDo() throws IOException {
    listener.close();
    assertFails(ErrorCode.ENGINE_UNREACHABLE, this::ping)
        .extracting(failure -> failure.next().orElseThrow())
        .asString()
        .contains("systemctl start docker");
  }

  @Test
  void anInterruptedCallerIsFreedAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertFails(ErrorCode.ENGINE_UNREACHABLE, this::ping);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void addressesAreChecked() {
    assertThat(EngineAddress.parse("unix:///a/b").isUnix()).isTrue();
    assertThat(EngineAddress.parse("tcp://127.0.0.1:2375").isUnix()).isFalse();
    for (String wrong : new String[] {"", "unix://", "tcp://h", "ssh://h", "/a/b", "tcp://:1"}) {
      assertFails(ErrorCode.BAD_CONFIGURATION, () -> EngineAddress.parse(wrong));
    }
    assertThatThrownBy(() -> Addressing.parse("publised"))
        .hasMessageContaining("auto, direct, published")
        .hasMessageContaining("did you mean 'published'?");
  }
}
