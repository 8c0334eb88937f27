package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.golden.Golden;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, kinds and files that are not right: exit code 3 and what would be. */
class SettingsErrorsTest {
  private static final String GOOD =
      "{\"components\": [{\"name\": \"web\", \"repo\": \"shop\"}, {\"name\": \"api\", \"repo\": \"a\"}]}";

  @TempDir private Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(folder.resolve(".gantry"), GOOD);
  }

  @Test
  void aComponentThatIsNotThere() {
    gantry("list", "wep")
        .fails(
            3,
            folder.resolve(".gantry")
                + " has no component 'wep'; known components: web, api; did you mean 'web'?");
  }

  @Test
  void aDriverThatIsNotThere() {
    gantry("list", "web", "--driver", "proces")
        .fails(
            3,
            "unknown driver 'proces'; known: docker, process; did you mean 'process'?",
            "next: name one of these with --driver, or add its plugin to the plugins folder");
  }

  @Test
  void aCoordinatorThatIsNotThere() {
    gantryd("list", "shop", "--coordinator", "etc")
        .fails(
            3,
            "unknown coordinator 'etc'; known: etcd, local; did you mean 'etcd'?",
            "next: name one of these with --coordinator, or add its plugin to the plugins folder");
  }

  @Test
  void aProjectThatIsNotThere() {
    gantryd("getconfig", "shop", "--coordinator", "local")
        .fails(3, "project 'shop' has no configuration", "next: gantryd setconfig shop .gantry");
  }

  @Test
  void aProjectsNameThatIsNone() {
    Said said = gantryd("list", "a/b", "--coordinator", "local");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("PROJECT: expected a name").contains("'a/b'");
  }

  @Test
  void aMachinesNameThatIsNone() {
    Said said = gantry("list", "web", "--machine", "-a-");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("--machine: expected a name").contains("'-a-'");
  }

  @Test
  void aLeaseOutOfBounds() {
    Said said = gantry("list", "web", "--lease", "1");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("--lease: expected 2 to 600 seconds, found 1");
  }

  @Test
  void aConfigurationThatIsNotThere() {
    Said said = gantry("list", "web", "--config", folder.resolve("none").toString());
    assertThat(said.exitCode()).isEqualTo(3);
    Golden.assertSame("errors/no-configuration", placeless(said.err()));
  }

  @Test
  void everyMistakeOfAConfigurationAtOnce() throws IOException {
    Files.writeString(
        folder.resolve(".gantry"),
        """
        {
          "components": [
            {
              "name": "web", "repo": "shop", "tagg": "v1",
              "ports": [{"external": 88888, "container": 80}],
              "readyChecks": [{"kind": "htp", "port": 80}]
            }
          ]
        }
        """);
    Said said = gantry("update", "web");
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.out()).isEmpty();
    Golden.assertSame("errors/bad-configuration", placeless(said.err()));
  }

  @Test
  void textThatIsNoJson() throws IOException {
    Files.writeString(folder.resolve(".gantry"), "{\"components\": [}");
    Said said = gantry("update", "web");
    assertThat(said.exitCode()).isEqualTo(3);
    Golden.assertSame("errors/no-json", placeless(said.err()));
  }

  @Test
  void anEtcdThatIsNotThereIsToldSoonWithItsAddress() {
    int port = FreePorts.next();
    Instant start = Instant.now();
    Said said = gantryd("list", "shop", "-etcd", "127.0.0.1", "-etcdport", "" + port);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    String address = "http://127.0.0.1:" + port;
    said.fails(
        4,
        "etcd at " + address + " does not answer: connection refused",
        "next: check that etcd runs there (etcdctl --endpoints="
            + address
            + " endpoint health), or name it with --etcd");
  }

  @Test
  void severalEtcdsThatAreNotThereAreAllNamed() {
    String addresses =
        "http://127.0.0.1:" + FreePorts.next() + ",http://127.0.0.1:" + FreePorts.next();
    Said said = gantryd("list", "shop", "--etcd", addresses);
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.err()).contains(addresses.split(",", -1));
  }

  private Said gantry(String... arguments) {
    return Said.gantry(with(arguments));
  }

  private Said gantryd(String... arguments) {
    return Said.gantryd(with(arguments));
  }

  /** Options before what the test gives, so that the test's own stand. */
  private String[] with(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(1, List.of("--state-dir", folder.resolve("state").toString()));
    if (!line.contains("--config")) {
      line.addAll(1, List.of("--config", folder.resolve(".gantry").toString()));
    }
    if (!line.contains("--driver")) {
      line.addAll(1, List.of("--driver", "process"));
    }
    return line.toArray(String[]::new);
  }

  private String placeless(String text) {
    return text.replace(folder.toString(), "FOLDER");
  }
}
