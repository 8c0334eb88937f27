package gantry.plugin.coordinator.etcd;

import io.grpc.Status;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why etcd, or TLS before it, turned this client away: nothing was done, and trying again does not
 * help.
 *
 * @param reason goes on after etcd's address
 * @param next what to do
 */
record EtcdRefusal(String reason, String next) {
  /** The refusal that a failure tells of, if it is one. */
  static Optional<EtcdRefusal> of(Throwable failure, EtcdAccess access) {
    String text = chain(failure);
    if (text.contains("Network closed for unknown reason")
        && EtcdErrors.neverSent(failure)
        && !access.endpoints().tls()) {
      return refusal(
          " closes every connection at once: it may speak TLS only",
          "name it with https:// in --etcd, see also --etcd-cacert");
    }
    Optional<EtcdRefusal> tls = ofTls(text, failure);
    return tls.isPresent() ? tls : ofUser(text, access);
  }

  /** Whether etcd does not take a token any more that it gave once, after its end or a restart. */
  static boolean ofToken(Status status) {
    String text = String.valueOf(status.getDescription());
    return text.contains("invalid auth token") || text.contains("revision of auth store is old");
  }

  /** Whether it was TLS that failed, before etcd saw anything. */
  static boolean isOfTls(Throwable failure) {
    return ofTls(chain(failure), failure).isPresent();
  }

  private static Optional<EtcdRefusal> ofUser(String text, EtcdAccess access) {
    String user = access.user().map(EtcdUser::name).orElse("");
    if (text.contains("authentication failed, invalid user ID or password")) {
      return refusal(
          " does not know user '" + user + "' with this password",
          "correct --etcd-user, --etcd-password-file or " + EtcdUser.VARIABLE);
    }
    if (text.contains("user name is empty")
        || (user.isEmpty() && text.contains("permission denied"))) {
      return refusal(" wants a user, and none was given", "name one with --etcd-user");
    }
    if (text.contains("authentication is not enabled")) {
      return refusal(
          " has no users, but user '" + user + "' was given",
          "etcdctl auth enable, or leave --etcd-user out");
    }
    if (text.contains("permission denied")) {
      return refusal(
          " does not let user '" + user + "' read or write this project",
          "etcdctl role grant-permission ROLE --prefix readwrite /gantry/v1/projects/PROJECT/");
    }
    return Optional.empty();
  }

  private static Optional<EtcdRefusal> ofTls(String text, Throwable failure) {
    if (text.contains("PKIX path") || text.contains("unable to find valid certification path")) {
      return refusal(
          " shows a certificate of an authority that is not trusted here",
          "name the authority's certificate with --etcd-cacert");
    }
    if (text.contains("No subject alternative") || text.contains("No name matching")) {
      return refusal(
          " shows a certificate for another host",
          "use a name in --etcd that the certificate has, or have that address added to it");
    }
    if (text.contains("not an SSL/TLS record")) {
      return refusal(" does not speak TLS", "name it with http:// in --etcd");
    }
    if (text.contains("fatal alert") && EtcdErrors.causeOf(failure, SSLException.class) != null) {
      return refusal(
          " wants a certificate of this client, of an authority that it trusts",
          "name one with --etcd-cert and its key with --etcd-key");
    }
    return Optional.empty();
  }

  private static String chain(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause.getMessage()).append('\n');
    }
    return text.toString();
  }

  private static Optional<EtcdRefusal> refusal(String reason, String next) {
    return Optional.of(new EtcdRefusal(reason, next));
  }
}
