package gantry.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An authority of a test's own and what it signed, as PEM files: a server's certificate for {@code
 * 127.0.0.1}, a client's, their keys, and the certificate of another authority that signed nothing.
 */
public final class EtcdCertificates implements AutoCloseable {
  private static final String SERVER = "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n";
  private static final String CLIENT = "extendedKeyUsage=clientAuth\n";

  private final TempFolder folder = TempFolder.create("certificates");

  private EtcdCertificates() {
    authority("ca");
    authority("other-ca");
    signed("server", SERVER);
    signed("client", CLIENT);
  }

  /** Makes them, in a folder that {@link #close()} removes. */
  public static EtcdCertificates create() {
    return new EtcdCertificates();
  }

  /** The certificate of the authority. */
  public Path authority() {
    return file("ca.pem");
  }

  /** The certificate of an authority that signed none of the others. */
  public Path otherAuthority() {
    return file("other-ca.pem");
  }

  /** The server's certificate. */
  public Path server() {
    return file("server.pem");
  }

  /** The key of the server's certificate. */
  public Path serverKey() {
    return file("server.key");
  }

  /** The client's certificate. */
  public Path client() {
    return file("client.pem");
  }

  /** The key of the client's certificate. */
  public Path clientKey() {
    return file("client.key");
  }

  @Override
  public void close() {
    folder.close();
  }

  private void authority(String name) {
    openssl(
        "req -x509 -days 2 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=%s -keyout %s -out %s"
            .formatted(name, file(name + ".key"), file(name + ".pem")));
  }

  private void signed(String name, String extensions) {
    openssl(
        "req -new -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=%s -keyout %s -out %s"
            .formatted(name, file(name + ".key"), file(name + ".csr")));
    openssl(
        "x509 -req -days 2 -in %s -CA %s -CAkey %s -CAcreateserial -extfile %s -out %s"
            .formatted(
                file(name + ".csr"),
                file("ca.pem"),
                file("ca.key"),
                write(name + ".ext", extensions),
                file(name + ".pem")));
  }

  private static void openssl(String line) {
    var _ = new ShortCommand("openssl", "openssl", line.split(" ", -1)).run();
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.path().resolve(name);
  }
}
