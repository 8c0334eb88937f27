package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways into etcd that cannot be right: told before anything is contacted, which is why the address
 * is one that nobody answers at, and no error is about it.
 */
class EtcdSettingsErrorsTest {
  @TempDir private Path folder;

  @Test
  void aPasswordOnTheCommandLine() {
    Said said = list(2, "etcd-password-in-argv", "--etcd-user", "gantry:Se-cret");
    assertThat(said.err()).doesNotContain("Se-cret");
  }

  @Test
  void aUserWithoutAPassword() {
    list(3, "etcd-no-password", "--etcd-user", "gantry");
  }

  @Test
  void aPasswordWithoutAUser() throws IOException {
    list(3, "etcd-no-user", "--etcd-password-file", file("password", "Se-cret", "rw-------"));
  }

  @Test
  void aPasswordThatEverybodyCanRead() throws IOException {
    String file = file("password", "Se-cret", "rw-r--r--");
    list(3, "etcd-open-password", "--etcd-user", "gantry", "--etcd-password-file", file);
  }

  @Test
  void aPasswordThatIsNotThere() {
    String file = folder.resolve("password").toString();
    list(3, "etcd-missing-password", "--etcd-user", "gantry", "--etcd-password-file", file);
  }

  @Test
  void anEmptyPassword() throws IOException {
    String file = file("password", "\nSe-cret\n", "rw-------");
    list(3, "etcd-empty-password", "--etcd-user", "gantry", "--etcd-password-file", file);
  }

  @Test
  void aCertificateWithoutItsKey() throws IOException {
    list(3, "etcd-no-key", "--etcd-cert", file("client.pem", "", "rw-------"));
  }

  @Test
  void aKeyWithoutItsCertificate() throws IOException {
    list(3, "etcd-no-cert", "--etcd-key", file("client.key", "", "rw-------"));
  }

  @Test
  void anAuthorityThatIsNoPem() throws IOException {
    list(3, "etcd-no-pem", "--etcd-cacert", file("ca.pem", "certificate", "rw-------"));
  }

  @Test
  void aCertificateThatIsNotThere() throws IOException {
    String key = file("client.key", "", "rw-------");
    String cert = folder.resolve("client.pem").toString();
    list(3, "etcd-missing-cert", "--etcd-cert", cert, "--etcd-key", key);
  }

  @Test
  void certificatesForAnEtcdWithoutTls() throws IOException {
    List<String> line = line("--etcd-cacert", file("ca.pem", "", "rw-------"));
    line.set(line.indexOf("--etcd") + 1, "http://127.0.0.1:9");
    assertSaid(3, "etcd-no-tls", line);
  }

  private Said list(int code, String golden, String... options) {
    return assertSaid(code, golden, line(options));
  }

  private Said assertSaid(int code, String golden, List<String> line) {
    Said said = Said.gantryd(line.toArray(String[]::new));
    assertThat(said.exitCode()).as(said.err()).isEqualTo(code);
    assertThat(said.out()).isEmpty();
    Golden.assertSame("errors/" + golden, said.err().replace(folder.toString(), "FOLDER"));
    return said;
  }

  private List<String> line(String... options) {
    List<String> line = new ArrayList<>(List.of("list", "shop", "--etcd", "https://127.0.0.1:9"));
    line.addAll(List.of("--state-dir", folder.resolve("state").toString()));
    line.addAll(List.of(options));
    return line;
  }

  private String file(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file.toString();
  }
}
