package gantry.plugin.checks;

import gantry.api.Endpoint;
import gantry.api.Fields;
import gantry.api.check.CheckTarget;
import java.util.Optional;

/**
 * The page of a container that a check or signal asks for, as configured.
 *
 * @param scheme {@code http} or {@code https}
 * @param path starts with a slash; may have a query
 * @param host the name to ask for where it is not the container's address
 * @param verify whether a certificate must be trusted and must name the host; https only
 */
record HttpAddress(String scheme, int port, String path, Optional<String> host, boolean verify) {
  private static final String HTTPS = "https";
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String HOST_NAME = LABEL + "(\\." + LABEL + ")*";

  /** Reads {@code port}, {@code path} and {@code host}. */
  static HttpAddress http(Fields fields) {
    return new HttpAddress("http", port(fields), path(fields), host(fields), false);
  }

  /** Reads {@code port}, {@code path}, {@code host} and {@code verify}. */
  static HttpAddress https(Fields fields) {
    return new HttpAddress(
        HTTPS, port(fields), path(fields), host(fields), fields.flag("verify", false));
  }

  /** Whether it speaks TLS. */
  boolean secure() {
    return scheme.equals(HTTPS);
  }

  /** The URL in full, with the address at which this machine reaches the container. */
  String url(Endpoint endpoint) {
    return scheme + "://" + endpoint + path;
  }

  /** The URL for the log, without a path that says nothing. */
  String briefUrl(CheckTarget target) {
    return scheme + "://" + target.endpoint(port) + (path.equals("/") ? "" : path);
  }

  /** What the request's Host header says. */
  String hostHeader(Endpoint endpoint) {
    return host.orElseGet(endpoint::toString);
  }

  private static int port(Fields fields) {
    return fields.requiredInteger("port", 1, 65535);
  }

  private static String path(Fields fields) {
    String path = fields.text("path").orElse("/");
    boolean wrongType = fields.has("path") && !(fields.raw().get("path") instanceof String);
    if (!wrongType && !path.matches("/[\\x21-\\x7e]*")) {
      fields.problem(
          "path",
          "expected a path that starts with '/' and has only printable ASCII characters and no"
              + " spaces, found '"
              + Reasons.quote(path)
              + "'");
    }
    return path;
  }

  private static Optional<String> host(Fields fields) {
    Optional<String> host = fields.text("host");
    boolean wrongType = fields.has("host") && !(fields.raw().get("host") instanceof String);
    if (!wrongType && host.isPresent() && !host.get().matches(HOST_NAME)) {
      fields.problem("host", "expected a host name, found '" + Reasons.quote(host.get()) + "'");
    }
    return host;
  }
}
