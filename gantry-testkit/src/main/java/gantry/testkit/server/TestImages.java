package gantry.testkit.server;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Makes small images on a {@link DockerEngine} without any download: a static busybox and one
 * program around it. Every image has {@code /bin/sh}, ends at once on SIGTERM, and declares no
 * ports. Making one of the same name again moves the tag to other content.
 *
 * <p>Names are full references, such as {@code 127.0.0.1:21234/shop/web:v1}; {@link #push} brings
 * an image to the registry that its name starts with.
 */
public final class TestImages {
  private static final List<String> APPLETS =
      List.of(
          "sh", "httpd", "nc", "sleep", "cat", "echo", "printf", "kill", "ls", "env", "true",
          "false", "seq", "head", "wget", "test", "date", "id");

  private static final String TERM_TRAP = "trap 'exit 0' TERM; ";

  /** Connections that may wait until they are accepted. */
  private static final int BACKLOG = 128;

  private final DockerEngine engine;

  /** Images for one engine. */
  public TestImages(DockerEngine engine) {
    this.engine = engine;
  }

  /** Serves a text as {@code GET /} on a port, after printing {@code serving TEXT}. */
  public String http(String reference, int port, String text) {
    String script =
        TERM_TRAP + "echo serving " + quoted(text) + "; httpd -f -p " + port + " -h /www & wait";
    return make(
        reference,
        List.of("/bin/sh", "-c", script),
        root -> {
          Path www = Files.createDirectory(root.resolve("www"));
          Files.writeString(www.resolve("index.html"), text);
        });
  }

  /** Answers every request on a port with 503 and a reason. */
  public String unavailable(String reference, int port) {
    String answer =
        "HTTP/1.0 503 Service Unavailable\\r\\nContent-Length: 10\\r\\n\\r\\nnot ready\\n";
    String script = "while read line && [ ${#line} -gt 1 ]; do :; done; printf '" + answer + "'";
    return shell(reference, listener(port, "/bin/sh -c " + quoted(script)) + " & wait");
  }

  /** Sends back every byte that arrives on a TCP port, until the client ends its side. */
  public String echo(String reference, int port) {
    return shell(reference, listener(port, "/bin/cat") + " & wait");
  }

  /**
   * The command that listens on a port, and runs a program with each connection as its input and
   * output.
   *
   * <p>Busybox takes the number of its {@code l} for the listener's backlog. With the usual two, a
   * few clients at once are enough for the kernel to drop the last word of a handshake: such a
   * client believes that it is connected, and is answered a second later, or three, or seven.
   */
  public static String listener(int port, String program) {
    return "nc -" + "l".repeat(BACKLOG) + " -p " + port + " -e " + program;
  }

  /** Prints a line and ends at once. */
  public String exiting(String reference, String line, int exitCode) {
    return shell(reference, "echo " + quoted(line) + "; exit " + exitCode);
  }

  /** Runs, prints {@code waiting}, and never listens on anything. */
  public String silent(String reference) {
    return shell(reference, "echo waiting; sleep 1000000 & wait");
  }

  /**
   * Holds files in {@code /app} and runs {@code /app/run}.
   *
   * @param files contents by relative path; each becomes executable
   */
  public String files(String reference, Map<String, String> files) {
    return make(
        reference,
        List.of("/app/run"),
        root -> {
          for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve("app").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            path.toFile().setExecutable(true, false);
          }
        });
  }

  /** Brings an image to its registry. */
  public void push(String reference) {
    engine.docker("push", "--quiet", reference);
  }

  /** Logs the engine's command line in, so that {@link #push} may push there. */
  public void login(Registry registry) {
    engine.docker(
        "login", "--username", Registry.USER, "--password", Registry.PASSWORD, registry.address());
  }

  /** Removes an image and its name from the engine, not from the registry. */
  public void forget(String reference) {
    engine.docker("rmi", "--force", reference);
  }

  private String shell(String reference, String script) {
    return make(reference, List.of("/bin/sh", "-c", TERM_TRAP + script), root -> {});
  }

  @FunctionalInterface
  private interface Content {
    void fill(Path root) throws IOException;
  }

  private String make(String reference, List<String> command, Content content) {
    try (TempFolder folder = TempFolder.create("image")) {
      Path root = Files.createDirectory(folder.path().resolve("root"));
      addBusybox(root);
      content.fill(root);
      Path archive = folder.path().resolve("root.tar");
      new ShortCommand("tar", "tar", "-C", root.toString(), "-cf", archive.toString(), ".").run();
      engine.docker(
          "import",
          "--change",
          "ENV PATH=/bin",
          "--change",
          "CMD [" + command.stream().map(TestImages::json).collect(joining(",")) + "]",
          archive.toString(),
          reference);
      return reference;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the image " + reference, e);
    }
  }

  private static void addBusybox(Path root) throws IOException {
    Path bin = Files.createDirectory(root.resolve("bin"));
    Files.createDirectory(root.resolve("tmp"));
    Files.copy(busybox(), bin.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String applet : APPLETS) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
  }

  private static Path busybox() {
    ServerCommand command =
        new ServerCommand("busybox", "busybox-static", List.of(), Path.of("/dev/null"));
    return Path.of(command.commandLine().getFirst());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String json(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
