package gantry.plugin.coordinator.etcd;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.PluginContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom to take for etcd, and who this client is.
 *
 * @param trusted authorities that etcd's certificate must come from; the JVM's own when empty
 * @param own this client's certificate with its key
 */
record EtcdTls(Optional<TrustManagerFactory> trusted, Optional<KeyManagerFactory> own) {
  private static final String CACERT = "--etcd-cacert";
  private static final String CERT = "--etcd-cert";
  private static final String KEY = "--etcd-key";

  /**
   * Reads the files that are named by the options {@code etcd.cacert}, {@code etcd.cert} and {@code
   * etcd.key}.
   *
   * @param tls whether the endpoints speak TLS
   * @throws GantryException {@code BAD_CONFIGURATION}, with the file and what is wrong with it
   */
  static EtcdTls of(PluginContext context, boolean tls) {
    Optional<PemFile> authorities = file(context, "etcd.cacert", CACERT);
    Optional<PemFile> certificate = file(context, "etcd.cert", CERT);
    Optional<PemFile> key = file(context, "etcd.key", KEY);
    if (!tls && (authorities.isPresent() || certificate.isPresent() || key.isPresent())) {
      throw bad(
          String.join(", ", given(authorities, certificate, key))
              + ": certificates are for TLS, and no endpoint in --etcd begins with https",
          "name them as https://HOST:PORT");
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw bad(
          "%s without %s: a certificate and its key belong together"
              .formatted(key.isPresent() ? KEY : CERT, key.isPresent() ? CERT : KEY),
          "give both, or none");
    }
    return new EtcdTls(
        authorities.map(EtcdTls::trust), certificate.map(found -> own(found, key.orElseThrow())));
  }

  private static List<String> given(Optional<PemFile> a, Optional<PemFile> b, Optional<PemFile> c) {
    return List.of(a, b, c).stream().flatMap(Optional::stream).map(PemFile::option).toList();
  }

  private static Optional<PemFile> file(PluginContext context, String name, String option) {
    return context.option(name).map(path -> new PemFile(option, Path.of(path)));
  }

  private static TrustManagerFactory trust(PemFile authorities) {
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (X509Certificate certificate : authorities.certificates()) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw authorities.bad("it holds what this JVM cannot use: " + e.getMessage(), "see above", e);
    }
  }

  private static KeyManagerFactory own(PemFile certificate, PemFile key) {
    List<X509Certificate> chain = certificate.certificates();
    PublicKey open = chain.getFirst().getPublicKey();
    PrivateKey secret = key.key(open.getAlgorithm());
    try {
      if (!belongTogether(secret, open)) {
        throw key.bad(
            "it is not the key of the certificate in " + certificate.path(),
            "name the key that the certificate was requested with",
            null);
      }
      KeyStore store = emptyStore();
      store.setKeyEntry("client", secret, new char[0], chain.toArray(X509Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw key.bad("it holds what this JVM cannot use: " + e.getMessage(), "see above", e);
    }
  }

  private static boolean belongTogether(PrivateKey secret, PublicKey open)
      throws GeneralSecurityException {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case String other -> other;
        };
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(secret);
    signing.update(text);
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(open);
    checking.update(text);
    return checking.verify(signing.sign());
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static GantryException bad(String text, String next) {
    return new GantryException(ErrorCode.BAD_CONFIGURATION, text, next, null);
  }
}
