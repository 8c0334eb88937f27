package gantry.plugin.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemFileTest {
  @TempDir private Path folder;

  @Test
  void aKeyIsReadWhateverStandsBeforeIt() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    String encoded = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    PemFile file = file("# mine\n-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END");
    assertThat(file.key("EC")).isEqualTo(pair.getPrivate());
    assertThatThrownBy(() -> file.key("RSA"))
        .hasMessageContaining("its key cannot be read as RSA, which its certificate has");
  }

  @Test
  void otherFormsOfKeysAreNamed() throws IOException {
    PemFile file = file("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    assertThatThrownBy(() -> file.key("EC"))
        .hasMessage(
            "--etcd-key %s cannot be used: its key is in the form 'EC PRIVATE KEY',"
                    .formatted(file.path())
                + " expected 'PRIVATE KEY'");
  }

  @Test
  void whatIsNoPemIsToldWithoutItsContent() throws IOException {
    PemFile file = file("Se-cret");
    assertThatThrownBy(() -> file.key("EC"))
        .hasMessageContaining("it is no PEM file with a private key")
        .hasMessageNotContaining("Se-cret");
    assertThatThrownBy(file::certificates).hasMessageContaining("no PEM file with certificates");
  }

  private PemFile file(String text) throws IOException {
    return new PemFile("--etcd-key", Files.writeString(folder.resolve("key.pem"), text));
  }
}
