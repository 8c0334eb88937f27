package gantry.plugin.coordinator.etcd;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import io.grpc.Status;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a failed request says about its effect, and how it is told. */
final class EtcdErrors {
  /** Told before a request is carried out. Others, even "no space", may follow its effect. */
  private static final Set<Status.Code> REFUSALS =
      EnumSet.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNAUTHENTICATED,
          Status.Code.UNIMPLEMENTED);

  private static final String LIMIT = " within %d ms".formatted(EtcdCalls.DEADLINE.toMillis());

  private final EtcdAccess access;

  EtcdErrors(EtcdAccess access) {
    this.access = access;
  }

  /** Whether the request certainly never left this process. */
  static boolean neverSent(Throwable failure) {
    return causeOf(failure, EtcdCalls.NeverSent.class) != null || nobodyThere(failure);
  }

  /** Whether it was told at once that there is nobody to send the request to. */
  static boolean nobodyThere(Throwable failure) {
    return causeOf(failure, ConnectException.class) != null
        || causeOf(failure, NoRouteToHostException.class) != null
        || causeOf(failure, UnknownHostException.class) != null;
  }

  static boolean leaseNotFound(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    return text(failure).contains("requested lease not found")
        || (status.getCode() == Status.Code.NOT_FOUND
            && String.valueOf(status.getDescription()).contains("lease"));
  }

  /** For requests without an effect, or whose effect does no harm. */
  GantryException unreachable(Throwable failure) {
    Optional<EtcdRefusal> refusal = EtcdRefusal.of(failure, access);
    if (refusal.isPresent()) {
      return new GantryException(
          ErrorCode.COORDINATOR_UNREACHABLE,
          "etcd at " + access.endpoints() + refusal.get().reason(),
          refusal.get().next(),
          failure);
    }
    return new GantryException(
        ErrorCode.COORDINATOR_UNREACHABLE,
        "etcd at " + access.endpoints() + verb(failure) + ": " + reason(failure),
        advice(),
        failure);
  }

  /** For transactions. */
  GantryException ofTransaction(Throwable failure) {
    if (leaseNotFound(failure)) {
      return new GantryException(
          ErrorCode.SESSION_LOST,
          "etcd at " + access.endpoints() + " has ended the session of a write",
          failure);
    }
    if (neverSent(failure) || REFUSALS.contains(Status.fromThrowable(failure).getCode())) {
      return unreachable(failure);
    }
    return new GantryException(
        ErrorCode.OUTCOME_UNKNOWN,
        "etcd at " + access.endpoints() + " did not answer a transaction: " + reason(failure),
        "read back what was to be written; " + advice(),
        failure);
  }

  private String advice() {
    return "check that etcd runs there (etcdctl --endpoints=%s endpoint health), or name it with --etcd"
        .formatted(access.endpoints());
  }

  private static String verb(Throwable failure) {
    return REFUSALS.contains(Status.fromThrowable(failure).getCode())
        ? " refused the request"
        : " does not answer";
  }

  private static String reason(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    UnknownHostException unknown = causeOf(failure, UnknownHostException.class);
    SocketException socket = causeOf(failure, SocketException.class);
    if (unknown != null) {
      return "unknown host " + text(unknown);
    }
    if (socket != null && text(socket).toLowerCase(Locale.ROOT).contains("refused")) {
      return "connection refused";
    }
    if (socket != null) {
      return text(socket);
    }
    if (causeOf(failure, TimeoutException.class) != null
        || status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return (neverSent(failure) ? "no connection" : "no answer") + LIMIT;
    }
    if (String.valueOf(status.getDescription()).contains("Channel shutdownNow")) {
      return "its connection was given up, no request over it was answered";
    }
    return status.getDescription() != null ? status.getDescription() : text(failure);
  }

  private static String text(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  static <T extends Throwable> @Nullable T causeOf(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
