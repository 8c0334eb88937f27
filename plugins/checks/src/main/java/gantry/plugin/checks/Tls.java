package gantry.plugin.checks;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Puts TLS on a connection. The contexts are made at first use: most commands need none. */
final class Tls {
  private Tls() {}

  /**
   * Shakes hands; the result reads and writes through {@code plain}.
   *
   * @param name what the server is told (SNI) where it is a domain name, and what the certificate
   *     must name where it is verified
   */
  static SSLSocket wrap(Socket plain, String name, boolean verify) throws IOException {
    SSLContext context = verify ? Verifying.CONTEXT : Trusting.CONTEXT;
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, name, plain.getPort(), false);
    if (verify) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }

  private static SSLContext context(TrustManager... trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.length == 0 ? null : trust, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  /** Trusts what the Java runtime trusts. */
  private static final class Verifying {
    static final SSLContext CONTEXT = context();
  }

  /** Trusts everybody. */
  private static final class Trusting {
    static final SSLContext CONTEXT = context(new TrustEverybody());
  }

  /**
   * Accepts every certificate. A check asks a container that this machine started, at an address
   * that the engine told; what it asks is whether the container serves, not who it is.
   */
  private static final class TrustEverybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
