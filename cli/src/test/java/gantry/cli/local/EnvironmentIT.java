package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.golden.Golden;
import gantry.testkit.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the environment says and lacks. */
class EnvironmentIT {
  private final LocalRig rig = new LocalRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anEngineThatIsNotThereIsToldWithItsAddress() {
    rig.with("GANTRY_DRIVER", "docker").with("DOCKER_HOST", "unix:///nowhere/docker.sock");
    Answer answer = rig.gantry("list", "web").exits(4);
    assertThat(answer.out()).isEmpty();
    Golden.assertSame("errors/no-engine", answer.err());
    assertThat(rig.gantry("update", "web").exits(4).err()).contains("/nowhere/docker.sock");
  }

  @Test
  void anEtcdThatIsNotThereIsToldWithinFiveSeconds() {
    int port = FreePorts.next();
    rig.with("GANTRY_ETCD", "http://127.0.0.1:" + port);
    Answer answer = rig.start("gantryd", "list", "shop").answer().exits(4);
    assertThat(answer.took()).isLessThan(Duration.ofSeconds(5));
    assertThat(answer.out()).isEmpty();
    Golden.assertSame("errors/no-etcd", answer.err().replace(":" + port, ":PORT"));
  }

  @Test
  void theOlderSpellingOfEtcdsAddressIsUnderstood() {
    String port = Integer.toString(FreePorts.next());
    Answer answer =
        rig.start("gantryd", "list", "shop", "-etcd", "127.0.0.2", "-etcdport", port).answer();
    assertThat(answer.exits(4).err()).contains("http://127.0.0.2:" + port);
  }

  @Test
  void optionsCanComeFromTheEnvironment() throws IOException {
    Files.move(rig.folder().resolve(".gantry"), rig.folder().resolve("other.json"));
    rig.with("GANTRY_CONFIG", "other.json").with("GANTRY_OUTPUT", "json");
    assertThat(rig.gantry("list", "web").ok().out()).isEqualTo("[ ]\n");
    assertThat(rig.gantry("list", "web", "--output", "table").ok().out()).startsWith("CONTAINER");
  }

  @Test
  void aStateFolderThatCannotBeMadeIsTold() {
    LocalRig.write(rig.folder().resolve("file"), "");
    rig.with("GANTRY_HOME", rig.folder().resolve("file/state").toString());
    assertThat(rig.gantry("list", "web").exits(3).err()).contains("file/state", "--state-dir");
  }

  @Test
  void theStateFolderIsOnlyForItsOwner() throws IOException {
    rig.gantry("list", "web").ok();
    assertThat(Files.getPosixFilePermissions(rig.state())).hasSize(3);
  }
}
