package gantry.testkit.container;

import gantry.api.Endpoint;
import gantry.api.container.ContainerDriver;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the contract needs around a driver: somewhere to publish images, and a way to talk to what
 * runs. Made anew for each test; tests may share the engine and the registry behind it, since all
 * names of a test are its own.
 */
public interface ContainerRig extends AutoCloseable {
  /** The driver under test, always the same one. The contract removes its containers afterwards. */
  ContainerDriver driver();

  /** A repo, in the form that the driver wants it, that belongs to this name. */
  String repo(String name);

  /** Makes {@code repo(name):tag} stand for this program from now on. */
  void publish(String name, String tag, Program program);

  /** The text that is served at this address, or nothing while nobody listens there. */
  default Optional<String> ask(Endpoint endpoint) {
    try {
      var connection =
          (HttpURLConnection) URI.create("http://" + endpoint + "/").toURL().openConnection();
      connection.setConnectTimeout(ContainerScene.PATIENCE_MILLIS);
      connection.setReadTimeout(ContainerScene.PATIENCE_MILLIS);
      try (var body = connection.getInputStream()) {
        return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return Optional.empty(); // refused or cut: the caller asks again until its deadline
    }
  }

  /** Frees what the rig made, the driver included. */
  @Override
  void close();
}
