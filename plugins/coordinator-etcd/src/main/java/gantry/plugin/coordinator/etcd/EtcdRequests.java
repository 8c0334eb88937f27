package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Sends requests, each with a deadline; repeats only what is safe to repeat. */
final class EtcdRequests {
  /**
   * More than gRPC's deadline, for only gRPC knows whether a request was sent, and the first one of
   * a process starts late.
   */
  private static final Duration CALL_LIMIT = EtcdCalls.DEADLINE.plusSeconds(1);

  /** What a waiting channel knows already, it tells at once. */
  private static final Duration OLD_NEWS = Duration.ofMillis(500);

  private static final int READ_ATTEMPTS = 3;
  private static final Duration READ_PAUSE = Duration.ofMillis(100);

  private final EtcdConnections connections;
  private final EtcdErrors errors;
  private final Clock clock;

  EtcdRequests(EtcdConnections connections, EtcdErrors errors, Clock clock) {
    this.connections = connections;
    this.errors = errors;
    this.clock = clock;
  }

  /** One request to be sent over a connection. */
  interface Request<T> extends Function<EtcdConnection, CompletableFuture<T>> {}

  /** A failure of a request, as jetcd reports it. */
  private static final class RequestFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean connectionReplaced;
    private final Duration elapsed;

    RequestFailed(Throwable cause, boolean connectionReplaced, Duration elapsed) {
      super(cause);
      this.connectionReplaced = connectionReplaced;
      this.elapsed = elapsed;
    }

    Throwable reason() {
      return getCause() == null ? this : getCause();
    }

    /** A broken connection, a change of leader, a frozen member; no refusal, no lack of time. */
    boolean mayPassByItself() {
      return getCause() instanceof TimeoutException
          || (Status.fromThrowable(reason()).getCode() == Status.Code.UNAVAILABLE
              && !EtcdErrors.nobodyThere(reason())
              && !EtcdRefusal.isOfTls(reason()));
    }

    /** Never sent, because of what may be the old news of a waiting channel. */
    boolean deservesNewConnection() {
      return connectionReplaced
          && elapsed.compareTo(OLD_NEWS) < 0
          && EtcdErrors.nobodyThere(reason());
    }
  }

  /** A request without effect: repeated within the time limit. */
  <T> T read(Request<T> request) {
    long start = clock.monotonicNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return send(request, attempt == 1 ? connections.patience(CALL_LIMIT) : left(start));
      } catch (RequestFailed e) {
        boolean again = e.deservesNewConnection() || e.mayPassByItself();
        if (!again || attempt == READ_ATTEMPTS || left(start).isZero()) {
          throw errors.unreachable(e.reason());
        }
        if (!e.deservesNewConnection()) {
          LockSupport.parkNanos(READ_PAUSE.toNanos());
        }
      }
    }
  }

  /** A transaction: it never leaves this process more than once. */
  <T> T transact(Request<T> request) {
    long start = clock.monotonicNanos();
    try {
      return sendOnce(request, start);
    } catch (RequestFailed e) {
      throw errors.ofTransaction(e.reason());
    }
  }

  /** A request that does no harm when it is carried out without our knowing. */
  <T> T harmless(Request<T> request) {
    try {
      return sendOnce(request, clock.monotonicNanos());
    } catch (RequestFailed e) {
      throw errors.unreachable(e.reason());
    }
  }

  /** The same, where nobody should wait for long. */
  <T> void atMost(Duration limit, Request<T> request) {
    try {
      send(request, limit);
    } catch (RequestFailed e) {
      throw errors.unreachable(e.reason());
    }
  }

  private <T> T sendOnce(Request<T> request, long start) throws RequestFailed {
    try {
      return send(request, left(start));
    } catch (RequestFailed e) {
      if (e.deservesNewConnection()) {
        return send(request, left(start));
      }
      throw e;
    }
  }

  /** A token that etcd takes no more is told before a request is carried out: it is sent again. */
  private <T> T send(Request<T> request, Duration limit) throws RequestFailed {
    try {
      return sendOver(request, limit);
    } catch (RequestFailed e) {
      if (EtcdRefusal.ofToken(Status.fromThrowable(e.reason()))) {
        return sendOver(request, limit);
      }
      throw e;
    }
  }

  private <T> T sendOver(Request<T> request, Duration limit) throws RequestFailed {
    long start = clock.monotonicNanos(); // a new connection takes a moment, too
    EtcdConnection connection = connections.current();
    try {
      T answer =
          request.apply(connection).get(left(start, limit).toMillis(), TimeUnit.MILLISECONDS);
      connection.answered();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestFailed(e, false, clock.since(start));
    } catch (TimeoutException e) {
      throw new RequestFailed(e, connections.failed(connection), clock.since(start));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new RequestFailed(cause, connections.failed(connection), clock.since(start));
    }
  }

  private Duration left(long start) {
    return left(start, CALL_LIMIT);
  }

  private Duration left(long start, Duration limit) {
    Duration left = limit.minus(clock.since(start));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
