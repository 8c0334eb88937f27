package gantry.plugin.coordinator.etcd;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file with certificates or a key between {@code BEGIN} and {@code END} lines.
 *
 * @param option who named it, such as {@code --etcd-key}
 */
record PemFile(String option, Path path) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END");

  /** Its certificates, in their order; at least one. */
  List<X509Certificate> certificates() {
    byte[] content = read().getBytes(StandardCharsets.UTF_8);
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      throw bad("it is no PEM file with certificates", "openssl x509 -in " + path + " -text", e);
    }
    throw bad("it is no PEM file with certificates", "openssl x509 -in " + path + " -text", null);
  }

  /**
   * Its key, in the one form that Java reads.
   *
   * @param algorithm that of the certificate's public key
   */
  PrivateKey key(String algorithm) {
    Matcher key = KEY.matcher(read());
    if (!key.find()) {
      throw bad(
          "it is no PEM file with a private key", "openssl pkey -in " + path + " -text", null);
    }
    if (!key.group(1).isEmpty()) {
      throw bad(
          "its key is in the form '" + key.group(1) + "PRIVATE KEY', expected 'PRIVATE KEY'",
          "openssl pkcs8 -topk8 -nocrypt -in " + path + " -out NEWFILE",
          null);
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(key.group(2));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw bad(
          "its key cannot be read as " + algorithm + ", which its certificate has",
          "openssl pkey -in " + path + " -text",
          e);
    }
  }

  /** The whole text. */
  String read() {
    try {
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw bad("there is no such file", "name another one", e);
    } catch (IOException e) {
      throw bad("it cannot be read: " + e.getMessage(), "ls -ld " + path, e);
    }
  }

  GantryException bad(String reason, String next, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION,
        "%s %s cannot be used: %s".formatted(option, path, reason),
        next,
        cause);
  }
}
