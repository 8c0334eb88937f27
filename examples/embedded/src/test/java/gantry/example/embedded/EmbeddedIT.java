package gantry.example.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.testkit.server.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final PrintStream console = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final int port = FreePorts.next();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void endWhatWorksInTheFolder() throws IOException {
    System.setOut(console);
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : processes.filter(this::isOurs).toList()) {
        process.destroyForcibly();
        await("end of " + process.pid()).atMost(SOON).until(() -> !process.isAlive());
      }
    }
  }

  @Test
  void twoVersionsAreServedOneAfterTheOther() throws Exception {
    release("v1", "exec busybox httpd -f -p 127.0.0.1:$PORT -h www");
    Embedded.main(configuration("v1"), "web", folder.resolve("state").toString());
    assertThat(page()).isEqualTo("v1");

    release("v2", "exec busybox httpd -f -p 127.0.0.1:$PORT -h www");
    Embedded.main(configuration("v2"), "web", folder.resolve("state").toString());
    assertThat(page()).isEqualTo("v2");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("example/web: Starting[")
        .contains("serves: revision 1")
        .contains("serves: revision 2");
  }

  @Test
  void aVersionThatDoesNotComeUpIsToldAndTheOldOneServes() throws Exception {
    release("v1", "exec busybox httpd -f -p 127.0.0.1:$PORT -h www");
    Embedded.main(configuration("v1"), "web", folder.resolve("state").toString());
    release("v2", "exit 7");
    Embedded.main(configuration("v2"), "web", folder.resolve("state").toString());
    assertThat(page()).isEqualTo("v1");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("exited with code 7");
  }

  private void release(String tag, String command) throws IOException {
    Path image = Files.createDirectories(folder.resolve("shop").resolve(tag));
    Files.createDirectory(image.resolve("www"));
    Files.writeString(image.resolve("www/index.html"), tag);
    Path run = Files.writeString(image.resolve("run"), "#!/bin/sh\n" + command + "\n");
    assertThat(run.toFile().setExecutable(true)).isTrue();
  }

  private String configuration(String tag) throws IOException {
    return Files.writeString(
            folder.resolve(".gantry"),
            """
            {"components": [{"name": "web", "repo": "%s", "tag": "%s",
              "ports": [{"external": %d, "container": 80}],
              "readyChecks": [{"kind": "http", "port": 80}]}]}
            """
                .formatted(folder.resolve("shop"), tag, port))
        .toString();
  }

  private String page() throws IOException {
    try (var body = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private boolean isOurs(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      List<String> places =
          List.of(
              Files.readString(proc.resolve("cmdline")),
              Files.readSymbolicLink(proc.resolve("cwd")).toString());
      return places.stream().anyMatch(place -> place.contains(folder.toString()));
    } catch (IOException e) {
      return false; // it has ended, or belongs to somebody else
    }
  }
}
