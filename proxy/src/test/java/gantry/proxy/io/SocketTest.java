package gantry.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of socket owes its user. */
@SuppressWarnings("NullAway.Init") // each test makes what it needs
class SocketTest {
  private static final int CLOSED_PORT = 1;

  private final Recorder recorder = new Recorder();
  private ServerSocket server;
  private Loops loops;
  private Loop loop;
  private Socket socket;
  private java.net.Socket peer;
  private int inUseBefore;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    if (peer != null) {
      peer.close();
    }
    if (loops != null) {
      loops.close();
    }
    server.close();
  }

  private void connect(Loops.Kind kind) throws Exception {
    start(kind);
    NativeAddress address =
        new NativeAddress(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    open(address);
    assertThat(recorder.next()).isEqualTo("connected");
    peer = server.accept();
  }

  private void start(Loops.Kind kind) throws Exception {
    loops = new Loops(kind, 1);
    loop = loops.all().getFirst();
    int idle = kind == Loops.Kind.EPOLL ? 0 : BufferRing.ENTRIES;
    await().until(() -> largeInUse() == idle);
    inUseBefore = idle; // the ring of buffers is filled at the loop's first turn
  }

  private int largeInUse() throws Exception {
    return on(() -> loop.chunks().largeInUse());
  }

  private void open(NativeAddress address) throws Exception {
    socket =
        on(
            () -> {
              Socket fresh = loop.open(address, recorder);
              if (fresh == null) {
                throw new IllegalStateException("no descriptor");
              }
              fresh.connect(address);
              return fresh;
            });
  }

  private <T> T on(Supplier<T> task) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            done.complete(task.get());
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done.get(10, TimeUnit.SECONDS);
  }

  private void run(Runnable task) throws Exception {
    on(
        () -> {
          task.run();
          return true;
        });
  }

  private void say(String text) throws IOException {
    peer.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void bytesAndTheEndAreToldWhenTheyAreAskedFor(Loops.Kind kind) throws Exception {
    connect(kind);
    say("abc");
    assertThat(recorder.isQuiet()).isTrue();
    run(socket::receive);
    assertThat(recorder.next()).isEqualTo("received abc");
    peer.shutdownOutput();
    run(socket::receive);
    assertThat(recorder.next()).isEqualTo("ended");
    run(socket::close);
    assertThat(recorder.next()).isEqualTo("closed");
    assertThat(peer.getInputStream().read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void receivingIntoAChunkAppends(Loops.Kind kind) throws Exception {
    connect(kind);
    recorder.keep = true;
    say("abc");
    run(() -> socket.receive(chunkWith("0")));
    assertThat(recorder.next()).isEqualTo("received 0abc");
    say("def");
    run(() -> socket.receive(kept()));
    assertThat(recorder.next()).isEqualTo("received 0abcdef");
    run(() -> kept().release());
  }

  /** A receive of no bytes would look like the end of the stream. */
  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void aChunkWithoutRoomIsRefusedAndStaysTheCallers(Loops.Kind kind) throws Exception {
    connect(kind);
    say("abc");
    run(
        () -> {
          Chunk full = loop.chunks().small();
          full.content(0, full.capacity() - Chunk.TAIL_ROOM);
          assertThatThrownBy(() -> socket.receive(full))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("room for 1024 bytes, of which 1024 must stay free");
          full.content(0, full.limit() - 1);
          socket.receive(full);
        });
    assertThat(recorder.next()).endsWith("a");
    run(socket::receive);
    assertThat(recorder.next()).isEqualTo("received bc");
  }

  private Chunk kept() {
    Chunk chunk = recorder.kept;
    if (chunk == null) {
      throw new IllegalStateException("nothing was kept");
    }
    return chunk;
  }

  private Chunk chunkWith(String text) {
    Chunk chunk = loop.chunks().small();
    chunk.append(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return chunk;
  }

  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void closingWhileEverythingIsUnderWayGivesAllBack(Loops.Kind kind) throws Exception {
    connect(kind);
    run(socket::receive);
    fill();
    run(socket::close);
    assertThat(nextButSent()).isEqualTo("closed");
    await().until(() -> largeInUse() == inUseBefore);
    run(socket::close);
    run(socket::reset);
    run(() -> {});
    assertThat(recorder.isQuiet()).as("closed is told once").isTrue();
  }

  /** Sends until the peer's buffers and ours are full. */
  private void fill() throws Exception {
    String answer;
    do {
      run(
          () -> {
            Chunk chunk = loop.chunks().large();
            chunk.content(0, 60_000);
            socket.send(chunk);
          });
      answer = recorder.isQuiet() ? awaitSentOrStalled() : recorder.next();
    } while (answer.equals("sent"));
  }

  /** On a busy machine the last chunk may have left after it was taken for stalled. */
  private String nextButSent() throws InterruptedException {
    String word = recorder.next();
    return word.equals("sent") ? recorder.next() : word;
  }

  private String awaitSentOrStalled() throws Exception {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    while (recorder.isQuiet() && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    return recorder.isQuiet() ? "stalled" : recorder.next();
  }

  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void aResetIsToldToOneWhoOnlyWatches(Loops.Kind kind) throws Exception {
    connect(kind);
    run(socket::watchErrors);
    peer.setSoLinger(true, 0);
    peer.close();
    assertThat(recorder.next()).isEqualTo("failed Connection reset by peer");
  }

  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void aResetOfOursReachesThePeer(Loops.Kind kind) throws Exception {
    connect(kind);
    run(socket::receive);
    run(socket::reset);
    assertThat(recorder.next()).isEqualTo("closed");
    assertThatThrownBy(() -> peer.getInputStream().read())
        .isInstanceOf(java.net.SocketException.class);
  }

  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void nobodyListens(Loops.Kind kind) throws Exception {
    start(kind);
    open(new NativeAddress(new InetSocketAddress(server.getInetAddress(), CLOSED_PORT)));
    assertThat(recorder.next()).isEqualTo("failed Connection refused");
    run(socket::close);
    assertThat(recorder.next()).isEqualTo("closed");
  }

  @ParameterizedTest
  @EnumSource(Loops.Kind.class)
  void readinessIsToldWithoutReading(Loops.Kind kind) throws Exception {
    connect(kind);
    run(socket::awaitWritable);
    assertThat(recorder.next()).isEqualTo("writable");
    run(socket::awaitReadable);
    assertThat(recorder.isQuiet()).isTrue();
    say("x");
    assertThat(recorder.next()).isEqualTo("readable");
    run(socket::receive);
    assertThat(recorder.next()).isEqualTo("received x");
  }

  @Test
  void aChunkCannotBeReleasedTwice() {
    Chunk chunk = new Chunks().large();
    chunk.release();
    assertThatThrownBy(chunk::release).isInstanceOf(IllegalStateException.class);
  }
}
