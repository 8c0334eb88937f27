package gantry.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DockerEngineIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int CLIENTS = 100;

  /** A client that is dropped comes back after a second, and again after two more. */
  private static final Duration ROOM_LIMIT = Duration.ofSeconds(5);

  private static DockerEngine engine;
  private static TestImages images;

  @BeforeAll
  static void start() {
    engine = DockerEngine.start();
    images = new TestImages(engine);
  }

  @AfterAll
  static void close() {
    engine.close();
    assertThat(Files.exists(engine.socket().getParent())).isFalse();
  }

  private static String run(String image) {
    return addressOf(engine.docker("run", "--detach", image).strip());
  }

  private static String addressOf(String id) {
    return engine.docker("inspect", "--format", "{{.NetworkSettings.IPAddress}}", id).strip();
  }

  private static HttpResponse<String> get(String address) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://" + address + ":8080/");
      return await()
          .atMost(DEADLINE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()),
              response -> response != null);
    }
  }

  @Test
  void anImageGoesThroughTheRegistryAndServesItsText() throws Exception {
    try (Registry registry = Registry.start()) {
      String image = images.http(registry.repo("shop/web") + ":v1", 8080, "it's version 1");
      images.push(image);
      images.forget(image);
      engine.docker("pull", "--quiet", image);
      assertThat(get(run(image)).body()).isEqualTo("it's version 1");
    }
  }

  @Test
  void aRegistryWithAPasswordLetsOnlyItsUserIn() {
    try (Registry registry = Registry.startWithPassword()) {
      String image = images.silent(registry.repo("shop/web") + ":v1");
      assertThatThrownBy(() -> images.push(image)).hasMessageContaining("no basic auth");
      images.login(registry);
      images.push(image);
    }
  }

  @Test
  void anUnavailableImageAnswers503() throws Exception {
    assertThat(get(run(images.unavailable("unavailable:1", 8080))).statusCode()).isEqualTo(503);
  }

  @Test
  void anEchoImageSendsBackWhatItGets() {
    awaitEcho(run(images.echo("echo:1", 8080)));
  }

  private static void awaitEcho(String address) {
    await()
        .atMost(DEADLINE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              try (Socket socket = new Socket(address, 8080)) {
                return echoes(socket);
              }
            });
  }

  private static boolean echoes(Socket socket) throws IOException {
    socket.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
    byte[] answer = socket.getInputStream().readNBytes(4);
    return new String(answer, StandardCharsets.UTF_8).equals("ping");
  }

  /** It stands still, as on a busy machine: whoever finds no room waits, or is dropped. */
  @Test
  void manyClientsAtOnceFindRoomUntilTheyAreAccepted() throws IOException {
    String id = engine.docker("run", "--detach", images.echo("echo:2", 8080)).strip();
    InetSocketAddress address = new InetSocketAddress(addressOf(id), 8080);
    awaitEcho(address.getHostString());
    List<Socket> clients = Stream.generate(Socket::new).limit(CLIENTS).toList();
    engine.docker("pause", id);
    try {
      for (Socket client : clients) {
        client.connect(address, (int) ROOM_LIMIT.toMillis());
      }
    } finally {
      engine.docker("unpause", id);
    }
    for (Socket client : clients) {
      assertThat(echoes(client)).isTrue();
      client.close();
    }
  }

  @Test
  void anExitingImagePrintsItsLineAndEnds() {
    String image = images.exiting("exiting:1", "no database", 7);
    assertThatThrownBy(() -> engine.docker("run", image))
        .hasMessageContaining("ended with code 7")
        .hasMessageContaining("no database");
  }

  @Test
  void aKilledEngineComesBackWithItsImages() {
    images.silent("kept:1");
    engine.kill();
    engine.restart();
    assertThat(engine.docker("images", "--quiet", "kept:1")).isNotBlank();
  }
}
