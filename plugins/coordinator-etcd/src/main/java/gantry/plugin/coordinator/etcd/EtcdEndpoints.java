package gantry.plugin.coordinator.etcd;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the members of an etcd cluster listen; all with TLS or all without. */
record EtcdEndpoints(List<URI> uris) {
  static final String DEFAULT = "http://127.0.0.1:2379";
  private static final int DEFAULT_PORT = 2379;

  EtcdEndpoints {
    uris = List.copyOf(uris);
  }

  /**
   * Reads a list of URLs or {@code host:port}, separated by commas.
   *
   * @throws GantryException {@code BAD_CONFIGURATION}, with the part that cannot be used
   */
  static EtcdEndpoints parse(String text) {
    List<URI> uris = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      uris.add(endpoint(part.strip(), text));
    }
    if (uris.stream().map(URI::getScheme).distinct().count() > 1) {
      throw bad(text, text, "http and https are mixed", null);
    }
    return new EtcdEndpoints(uris);
  }

  boolean tls() {
    return "https".equals(uris.getFirst().getScheme());
  }

  @Override
  public String toString() {
    return uris.stream().map(URI::toString).collect(Collectors.joining(","));
  }

  private static URI endpoint(String part, String text) {
    try {
      URI uri = new URI(part.contains("://") ? part : "http://" + part);
      if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
        throw bad(part, text, "its scheme is neither http nor https", null);
      }
      if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
        throw bad(part, text, "it has no host, or a port out of range", null);
      }
      if (!uri.getRawPath().replace("/", "").isEmpty() || uri.getUserInfo() != null) {
        throw bad(part, text, "it has more than host and port", null);
      }
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      return new URI(uri.getScheme(), null, uri.getHost(), port, null, null, null);
    } catch (URISyntaxException e) {
      throw bad(part, text, e.getReason(), e);
    }
  }

  private static GantryException bad(
      String part, String text, String reason, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION,
        "etcd endpoint '%s' in '%s' cannot be used: %s".formatted(part, text, reason),
        "give URLs separated by commas, such as " + DEFAULT,
        cause);
  }
}
