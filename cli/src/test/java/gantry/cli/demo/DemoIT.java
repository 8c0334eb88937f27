package gantry.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gantry.cli.support.Distribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The installed {@code gantry demo}, as a user runs it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DemoIT {
  private static final Path LAUNCHER = Distribution.program("gantry");
  private static final int INTERRUPTED = 130;

  @TempDir private Path temp;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatAFailureLeft() throws IOException, InterruptedException {
    for (Process process : started) {
      process.destroy();
      process.waitFor(20, TimeUnit.SECONDS);
    }
    for (Path folder : folders()) {
      new Leftovers("GANTRY_DEMO=" + folder).end();
    }
  }

  @Test
  void showsEveryPromiseHeldAndLeavesNothing() throws IOException, InterruptedException {
    Process demo = start("demo");
    List<String> lines = new ArrayList<>();
    Path folder = folderOf(demo, lines);
    demo.inputReader().lines().forEach(lines::add);
    String story = String.join("\n", lines);

    assertThat(demo.waitFor()).as(story).isZero();
    assertThat(story)
        .contains("; gantryd update shop -c web\n")
        .containsPattern("[\\d,]{5,} requests sent, 0 failed")
        .containsPattern(
            "\na +127\\.0\\.0\\.2:\\d+ +[\\d.]+ s +[\\d.]+ s by 1 connection +[01]\\.\\d s")
        .containsPattern("\nc +127\\.0\\.0\\.4:\\d+ ")
        .containsPattern("v3: updatefail on machine [abc] after")
        .contains("database is unreachable")
        .contains("Every promise held.")
        .doesNotContain("BROKEN", "\u001b[");
    assertNothingLeft(folder);
  }

  @Test
  void tellsFiguresAsOneJsonDocument() throws IOException, InterruptedException {
    Process demo = start("demo", "--output", "json");
    String text = new String(demo.getInputStream().readAllBytes(), UTF_8);

    assertThat(demo.waitFor()).as(text).isZero();
    JsonNode figures = new ObjectMapper().readTree(text);
    assertThat(figures.get("failed").asLong()).isZero();
    assertThat(figures.get("requests").asLong()).isGreaterThan(500);
    assertThat(figures.get("machines")).hasSize(3);
    assertThat(figures.get("badRelease").get("status").asText()).isEqualTo("updatefail");
    assertThat(figures.get("broken")).isEmpty();
    assertThat(folders()).isEmpty();
  }

  @Test
  void leavesNothingWhenInterruptedInTheMiddle() throws IOException, InterruptedException {
    Process demo = start("demo");
    List<String> lines = new ArrayList<>();
    Path folder = folderOf(demo, lines);
    readUntil(demo.inputReader(), "takes v2", lines);
    assertThat(new Leftovers("GANTRY_DEMO=" + folder).find()).hasSizeGreaterThan(8);

    interrupt(demo);

    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(INTERRUPTED);
    assertNothingLeft(folder);
  }

  @Test
  void leavesNothingWhenInterruptedWhileAgentsStart() throws IOException, InterruptedException {
    Process demo = start("demo");
    List<String> lines = new ArrayList<>();
    Path folder = folderOf(demo, lines);
    readUntil(demo.inputReader(), "--machine a", lines);

    interrupt(demo);

    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertNothingLeft(folder);
  }

  @Test
  void saysWhichPortIsTaken() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new Site("b", "127.0.0.3", 0).socketAddress());
      String port = String.valueOf(taken.getLocalPort());
      Process demo = start("demo", "--port", port);
      String text = new String(demo.getInputStream().readAllBytes(), UTF_8);

      assertThat(demo.waitFor()).isEqualTo(4);
      assertThat(text)
          .isEqualTo(
              """
              port %s is taken on machine b's address 127.0.0.3
              next: gantry demo --port PORT, with one that is free
              """
                  .formatted(port));
      assertThat(folders()).isEmpty();
    }
  }

  private Process start(String... arguments) throws IOException {
    assertThat(LAUNCHER).as("made by the package phase").isExecutable();
    List<String> words = new ArrayList<>(List.of(LAUNCHER.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("GANTRY_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("GANTRY_JAVA_OPTS", "-Djava.io.tmpdir=" + temp);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Reads the story's first line, which names the folder. */
  private static Path folderOf(Process demo, List<String> lines) throws IOException {
    readUntil(demo.inputReader(), "everything happens in ", lines);
    String line = lines.getLast();
    return Path.of(line.substring(line.indexOf('/'), line.indexOf(',')));
  }

  private static void readUntil(BufferedReader output, String text, List<String> lines)
      throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("no line with '" + text + "' in:\n" + String.join("\n", lines));
  }

  private static void interrupt(Process demo) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(demo.pid())).start().waitFor();
  }

  private void assertNothingLeft(Path folder) throws IOException {
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(new Leftovers("GANTRY_DEMO=" + folder).find()).isEmpty());
    assertThat(processesNaming(folder)).isEmpty();
    assertThat(folders()).isEmpty();
  }

  /** A second way to find processes: what they were called with. */
  private static List<String> processesNaming(Path folder) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(temp)) {
      return all.filter(path -> path.getFileName().toString().startsWith("gantry-demo-")).toList();
    }
  }
}
