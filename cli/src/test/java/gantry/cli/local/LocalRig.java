package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gantry.cli.support.Distribution;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A machine of a test's own: a working directory with a {@code .gantry}, a state folder, and the
 * launchers of the built distribution. Components are folders with a busybox httpd, run by the
 * process driver unless the environment says otherwise. All processes that work in or for its
 * folder end with {@link #close()}.
 */
final class LocalRig implements AutoCloseable {
  private static final String HTTPD =
      "#!/bin/sh\nexec busybox httpd -f -p 127.0.0.1:$PORT -h www\n";
  private static final Duration SOON = Duration.ofSeconds(15);

  private final Path folder;
  private final int port = FreePorts.next();
  private final Map<String, String> environment = new TreeMap<>();
  private int commands;

  LocalRig() {
    try {
      folder = Files.createTempDirectory("gantry-local");
      Files.createDirectory(folder.resolve("output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("GANTRY_HOME", state().toString());
    environment.put("GANTRY_DRIVER", "process");
    environment.put("GANTRY_BIND", "127.0.0.1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    release("v1");
    configure("v1");
  }

  Path folder() {
    return folder;
  }

  Path state() {
    return folder.resolve("state");
  }

  /** The port that component web is reached at. */
  int port() {
    return port;
  }

  /** Sets a variable for all commands to come. */
  LocalRig with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Makes a version of component web that answers every page with its tag. */
  Path release(String tag) {
    return release(tag, HTTPD);
  }

  /** Makes a version of component web that runs a script. */
  Path release(String tag, String script) {
    Path image = folder.resolve("shop").resolve(tag);
    write(image.resolve("www/index.html"), tag);
    write(image.resolve("run"), script);
    assertThat(image.resolve("run").toFile().setExecutable(true)).isTrue();
    return image;
  }

  /** Lets {@code .gantry} name a version of component web. */
  void configure(String tag) {
    configure(tag, "");
  }

  /** The same, with more fields of the component, each followed by a comma. */
  void configure(String tag, String fields) {
    configuration(
        """
        {"components": [{"name": "web", "repo": "shop", "tag": "%s", %s
          "ports": [{"external": %d, "container": 80}],
          "readyChecks": [{"kind": "http", "port": 80}]}]}
        """
            .formatted(tag, fields, port));
  }

  /** Writes a whole {@code .gantry}. */
  void configuration(String json) {
    write(folder.resolve(".gantry"), json);
  }

  Answer gantry(String... arguments) {
    return start("gantry", arguments).answer();
  }

  RunningCommand start(String program, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Distribution.program(program).toString());
    line.addAll(List.of(arguments));
    Path out = folder.resolve("output").resolve(++commands + ".out");
    Path err = folder.resolve("output").resolve(commands + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GANTRY_"));
    builder.environment().remove("DOCKER_HOST");
    builder.environment().putAll(environment);
    try {
      return new RunningCommand(
          program + " " + String.join(" ", arguments), builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What component web serves now. */
  String page() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
      connection.setConnectTimeout((int) SOON.toMillis());
      connection.setReadTimeout((int) SOON.toMillis());
      try (var body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return e.toString();
    }
  }

  /**
   * A connection through the proxy to a container, proven by the part of an answer that it already
   * carried: the request is begun and not ended.
   */
  Socket connection() {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout((int) SOON.toMillis());
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the request on such a connection and reads the page that comes. */
  static String finish(Socket connection) {
    try (connection) {
      connection.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int headers = answer.indexOf("\r\n\r\n");
      return headers < 0 ? "cut: " + answer : answer.substring(headers + 4);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The tags of the versions whose httpd runs, in its folder of pages, one for each, sorted. */
  List<String> running() {
    Path containers = state().resolve("process");
    return processes()
        .filter(process -> process.directory().startsWith(containers))
        .filter(process -> process.commandLine().startsWith("busybox httpd"))
        .filter(process -> !process.parentIsHttpd())
        .map(process -> read(process.directory().resolve("index.html")))
        .sorted()
        .toList();
  }

  /** Fails unless exactly these versions run now. */
  void assertRunning(String... tags) {
    assertThat(running()).containsExactly(tags);
  }

  /** Waits until exactly these versions run. */
  void awaitRunning(Duration limit, String... tags) {
    await("versions that run")
        .pollDelay(Duration.ZERO)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(running()).containsExactly(tags));
  }

  /**
   * Waits until the one process that an update left behind looks after what drains. Its launcher is
   * a shell, which may for a moment be two processes of the same words, and a Java process takes
   * its time to start where many do.
   */
  void awaitWatcher(String component) {
    Path log = state().resolve("logs").resolve("drain-" + component + ".log");
    await("a watcher at work")
        .pollDelay(Duration.ZERO)
        .atMost(SOON)
        .until(() -> Files.exists(log) && read(log).contains("Draining container"));
    await("one watcher").atMost(SOON).until(() -> processesOf(" drain ").size() == 1);
  }

  /** The processes whose command line has these words, in or for this rig's folder. */
  List<ProcessHandle> processesOf(String words) {
    return processes()
        .filter(process -> process.commandLine().contains(words))
        .flatMap(process -> ProcessHandle.of(process.pid()).stream())
        .toList();
  }

  /** Ends every process that has this rig's folder as its place or in its command line. */
  @Override
  public void close() {
    for (int round = 0; round < 3; round++) {
      processes().flatMap(p -> ProcessHandle.of(p.pid()).stream()).forEach(this::end);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end(ProcessHandle process) {
    process.destroyForcibly();
    await("end of " + process.pid()).atMost(SOON).until(() -> !process.isAlive());
  }

  private Stream<LinuxProcess> processes() {
    return LinuxProcess.all()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(
            process ->
                process.directory().startsWith(folder)
                    || process.commandLine().contains(folder.toString()));
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
