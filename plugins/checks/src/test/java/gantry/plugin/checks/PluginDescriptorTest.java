package gantry.plugin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the plugin host reads from this module; without the index there are no extensions. */
class PluginDescriptorTest {
  @Test
  void everyFactoryStandsInTheExtensionIndex() throws IOException {
    assertThat(text("META-INF/extensions.idx").lines().filter(line -> !line.startsWith("#")))
        .containsExactlyInAnyOrder(
            HttpHealthCheckFactory.class.getName(),
            HttpsHealthCheckFactory.class.getName(),
            TcpHealthCheckFactory.class.getName(),
            ConnectionHealthCheckFactory.class.getName(),
            HttpTerminationSignalFactory.class.getName(),
            HttpsTerminationSignalFactory.class.getName(),
            ExecTerminationSignalFactory.class.getName());
  }

  @Test
  void descriptorNamesThePlugin() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text("META-INF/gantry/plugin.properties")));
    assertThat(properties).containsEntry("plugin.id", "checks");
    assertThat(properties).containsEntry("plugin.version", "0.1.0");
    assertThat(properties.getProperty("plugin.description")).isNotBlank();
  }

  private static String text(String name) throws IOException {
    // of this module, not of another one on the class path
    var location = HttpHealthCheckFactory.class.getProtectionDomain().getCodeSource().getLocation();
    try (InputStream in =
        Objects.requireNonNull(location.toURI().resolve(name).toURL().openStream())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (URISyntaxException e) {
      throw new IOException("not a location: " + location, e);
    }
  }
}
