package gantry.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An image registry on a free loopback port, plain HTTP, with a data folder of its own. After
 * {@link #kill()} or {@link #stop()} it can be started again on the same port with the same images.
 */
public final class Registry implements AutoCloseable {
  /** The user that a registry with a password lets in. */
  public static final String USER = "gantry";

  /** That user's password. */
  public static final String PASSWORD = "wharf-secret";

  // bcrypt of PASSWORD, the only form that the registry reads
  private static final String HTPASSWD =
      USER + ":$2y$05$abcdefghijklmnopqrstuu3SrM/ivhfM4tRdebgtkKMaXZPR8jPFO\n";

  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final int ANSWER_TIMEOUT_MILLIS = 1_000;

  private final TempFolder folder = TempFolder.create("registry");
  private final int port = FreePorts.next();
  private final boolean password;
  private ServerProcess process;

  private Registry(boolean password) {
    this.password = password;
    try {
      Files.writeString(folder.path().resolve("htpasswd"), HTPASSWD);
      Files.writeString(folder.path().resolve("config.yml"), configuration());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the registry's configuration", e);
    }
    process = launch();
  }

  /** Starts an empty registry that lets everybody in. */
  public static Registry start() {
    return new Registry(false);
  }

  /** Starts an empty registry that lets only {@link #USER} with {@link #PASSWORD} in. */
  public static Registry startWithPassword() {
    return new Registry(true);
  }

  /** Host and port, the first part of an image's name: {@code 127.0.0.1:21234}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The name of a repository in it: {@code 127.0.0.1:21234/shop/web}. */
  public String repo(String path) {
    return address() + "/" + path;
  }

  /** The process, for signals and its log. */
  public ServerProcess process() {
    return process;
  }

  /** Freezes it: connections stay open, nothing answers. */
  public void pause() {
    process.pause();
  }

  /** Lets it go on after a pause. */
  public void resume() {
    process.resume();
  }

  /** Ends it at once. */
  public void kill() {
    process.kill();
  }

  /** Ends it in order. */
  public void stop() {
    process.stop();
  }

  /** Starts it again with its images, and waits until it answers. */
  public void restart() {
    process.close();
    process = launch();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }

  private ServerProcess launch() {
    Path root = folder.path();
    ServerCommand command =
        new ServerCommand(
            "docker-registry",
            "docker-registry",
            List.of("serve", root.resolve("config.yml").toString()),
            root.resolve("registry.log"));
    return ServerProcess.start(command, this::answers, START_DEADLINE);
  }

  private String configuration() {
    String open =
        """
        version: 0.1
        log:
          level: warn
        storage:
          filesystem:
            rootdirectory: %s
          delete:
            enabled: true
        http:
          addr: 127.0.0.1:%d
        """
            .formatted(folder.path().resolve("data"), port);
    String closed =
        """
        auth:
          htpasswd:
            realm: gantry
            path: %s
        """
            .formatted(folder.path().resolve("htpasswd"));
    return password ? open + closed : open;
  }

  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create("http://" + address() + "/v2/").toURL().openConnection();
      connection.setConnectTimeout(ANSWER_TIMEOUT_MILLIS);
      connection.setReadTimeout(ANSWER_TIMEOUT_MILLIS);
      try {
        return connection.getResponseCode() == (password ? 401 : 200);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false; // not there yet: asked again until the deadline
    }
  }
}
