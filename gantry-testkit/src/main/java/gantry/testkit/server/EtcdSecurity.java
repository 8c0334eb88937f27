package gantry.testkit.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link EtcdServer} asks of its clients.
 *
 * @param certificates with them it speaks TLS and wants a certificate of the same authority
 * @param tokenTtl how long a login that is not used goes on
 */
public record EtcdSecurity(Optional<EtcdCertificates> certificates, Duration tokenTtl) {
  /** Long enough for any test. */
  private static final Duration DEFAULT_TOKEN_TTL = Duration.ofMinutes(5);

  /** Nothing. */
  public static final EtcdSecurity NONE = new EtcdSecurity(Optional.empty(), DEFAULT_TOKEN_TTL);

  /** TLS on both sides. */
  public static EtcdSecurity tls(EtcdCertificates certificates) {
    return new EtcdSecurity(Optional.of(certificates), DEFAULT_TOKEN_TTL);
  }

  /** With another time to live for logins. */
  public EtcdSecurity withTokenTtl(Duration ttl) {
    return new EtcdSecurity(certificates, ttl);
  }

  String scheme() {
    return certificates.isPresent() ? "https" : "http";
  }

  List<String> serverArguments() {
    List<String> arguments = new ArrayList<>(List.of("--auth-token-ttl=" + tokenTtl.toSeconds()));
    certificates.ifPresent(
        made -> {
          arguments.add("--cert-file=" + made.server());
          arguments.add("--key-file=" + made.serverKey());
          arguments.add("--trusted-ca-file=" + made.authority());
          arguments.add("--client-cert-auth=true");
        });
    return arguments;
  }

  List<String> clientArguments() {
    return certificates
        .map(
            made ->
                List.of(
                    option("cacert", made.authority()),
                    option("cert", made.client()),
                    option("key", made.clientKey())))
        .orElse(List.of());
  }

  private static String option(String name, Path file) {
    return "--" + name + "=" + file;
  }
}
