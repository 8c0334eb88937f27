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
  private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
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

    RequestFailed(Throwable cause, boolean connectionReplaced) {
      super(cause);
      this.connectionReplaced = connectionReplaced;
    }

    Throwable reason() {
      return getCause() == null ? this : getCause();
    }

    /** A broken connection or a change of leader; not a refusal, and not a lack of time. */
    boolean mayPassByItself() {
      return Status.fromThrowable(reason()).getCode() == Status.Code.UNAVAILABLE
          && !EtcdErrors.neverSent(reason());
    }

    /** Never sent, because of what may be the old news of a waiting channel. */
    boolean deservesNewConnection() {
      return connectionReplaced && EtcdErrors.neverSent(reason());
    }
  }

  /** A request without effect: repeated within the time limit. */
  <T> T read(Request<T> request) {
    long start = clock.monotonicNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return send(request, left(start, CALL_LIMIT));
      } catch (RequestFailed e) {
        boolean again = e.deservesNewConnection() || e.mayPassByItself();
        if (!again || attempt == READ_ATTEMPTS || left(start, CALL_LIMIT).isZero()) {
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
      return sendOnce(request, start, CALL_LIMIT);
    } catch (RequestFailed e) {
      throw errors.ofTransaction(e.reason());
    }
  }

  /** A request that does no harm when it is carried out without our knowing. */
  <T> T harmless(Request<T> request, Duration limit) {
    try {
      return sendOnce(request, clock.monotonicNanos(), limit);
    } catch (RequestFailed e) {
      throw errors.unreachable(e.reason());
    }
  }

  private <T> T sendOnce(Request<T> request, long start, Duration limit) throws RequestFailed {
    try {
      return send(request, left(start, limit));
    } catch (RequestFailed e) {
      if (e.deservesNewConnection()) {
        return send(request, left(start, limit));
      }
      throw e;
    }
  }

  private <T> T send(Request<T> request, Duration limit) throws RequestFailed {
    EtcdConnection connection = connections.current();
    try {
      T answer = request.apply(connection).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      connection.answered();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestFailed(e, false);
    } catch (TimeoutException e) {
      throw new RequestFailed(e, connections.failed(connection));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new RequestFailed(cause, connections.failed(connection));
    }
  }

  private Duration left(long start, Duration limit) {
    Duration left = limit.minus(clock.since(start));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
