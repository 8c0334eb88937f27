package gantry.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.support.Answer;
import gantry.cli.support.Distribution;
import gantry.cli.support.Servers;
import gantry.testkit.server.EtcdCertificates;
import gantry.testkit.server.EtcdSecurity;
import gantry.testkit.server.EtcdServer;
import gantry.testkit.server.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fleet on an etcd with TLS, users, and logins that end while an agent is silent. */
@ExtendWith(Servers.Shared.class)
class EtcdSecurityIT {
  private static final String PASSWORD = "Se-cret-4711";
  private static final Duration TOKEN_TTL = Duration.ofSeconds(2);

  @Test
  void aFleetIsUpdatedByUsersWhoMayOnlyTouchTheirProject(Servers servers) throws Exception {
    try (TempFolder folder = TempFolder.create("secret");
        EtcdCertificates certificates = EtcdCertificates.create();
        Fleet fleet =
            new Fleet(servers, etcd(certificates), environment(certificates)).running("a", "b")) {
      Path password = passwordFile(folder);
      fleet.web().release("v2");
      assertThat(fleet.gantryd("update", "shop", "-c", "web", "--wait").outOrFail())
          .contains("revision 2");
      fleet.awaitVersion("v2", 2);
      assertThat(commandLines()).noneMatch(line -> line.contains(PASSWORD));

      assertThat(with(fleet, certificates, password).outOrFail()).contains("ready");
      Files.writeString(password, "wrong");
      Answer wrong = with(fleet, certificates, password);
      assertThat(wrong.exitCode()).isEqualTo(4);
      assertThat(wrong.err()).contains("does not know user 'gantry' with this password", "next: ");
    }
  }

  private static EtcdServer etcd(EtcdCertificates certificates) {
    EtcdServer etcd = EtcdServer.start(EtcdSecurity.tls(certificates).withTokenTtl(TOKEN_TTL));
    etcd.addUser("gantry", PASSWORD, "/gantry/v1/projects/shop/");
    etcd.enableUsers();
    return etcd;
  }

  private static Map<String, String> environment(EtcdCertificates certificates) {
    return Map.of(
        "GANTRY_ETCD_CACERT", certificates.authority().toString(),
        "GANTRY_ETCD_CERT", certificates.client().toString(),
        "GANTRY_ETCD_KEY", certificates.clientKey().toString(),
        "GANTRY_ETCD_USER", "gantry",
        "GANTRY_ETCD_PASSWORD", PASSWORD);
  }

  /** A command that is let in by its options alone. */
  private static Answer with(Fleet fleet, EtcdCertificates certificates, Path password) {
    Map<String, String> environment = new HashMap<>(fleet.environment());
    environment.keySet().removeIf(name -> name.startsWith("GANTRY_ETCD"));
    List<String> line = new ArrayList<>(List.of("gantryd", "list", "shop"));
    line.addAll(List.of("--etcd", fleet.environment().getOrDefault("GANTRY_ETCD", "")));
    line.addAll(List.of("--etcd-cacert", certificates.authority().toString()));
    line.addAll(List.of("--etcd-cert", certificates.client().toString()));
    line.addAll(List.of("--etcd-key", certificates.clientKey().toString()));
    line.addAll(List.of("--etcd-user", "gantry", "--etcd-password-file", password.toString()));
    return Distribution.run(environment, line.toArray(String[]::new));
  }

  private static Path passwordFile(TempFolder folder) throws IOException {
    Path file = Files.writeString(folder.path().resolve("password"), PASSWORD + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** As {@code ps} shows them to everybody. */
  private static List<String> commandLines() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .toList();
  }
}
