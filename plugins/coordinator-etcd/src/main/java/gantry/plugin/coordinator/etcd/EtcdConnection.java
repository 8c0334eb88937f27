package gantry.plugin.coordinator.etcd;

import gantry.api.Clock;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.Watch;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One jetcd client with event loops of its own. */
final class EtcdConnection implements AutoCloseable {
  /** gRPC pings no more often than that, and etcd hangs up on clients that ping every 5 s. */
  private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

  private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CONNECT_TIMEOUT = EtcdCalls.DEADLINE.minusMillis(500);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /** A listing of a large fleet is larger than gRPC's default of 4 MiB. */
  private static final int MAX_ANSWER_BYTES = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(EtcdConnection.class);

  private final Clock clock;
  private final Vertx vertx;
  private final Client client;
  private final Optional<EtcdLogin> login;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long aliveNanos;

  private EtcdConnection(Clock clock, Vertx vertx, Client client, Optional<EtcdLogin> login) {
    this.login = login;
    this.clock = clock;
    this.vertx = vertx;
    this.client = client;
    this.aliveNanos = clock.monotonicNanos();
  }

  /** Makes a client; it connects with its first request. */
  static EtcdConnection open(EtcdAccess access, ExecutorService workers, Clock clock) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true));
    Optional<EtcdLogin> login = access.user().map(EtcdLogin::new);
    ClientBuilder builder =
        Client.builder()
            .endpoints(access.endpoints().uris())
            .vertx(vertx)
            .executorService(workers)
            .waitForReady(false)
            .retryMaxAttempts(0)
            .connectTimeout(CONNECT_TIMEOUT)
            .keepaliveTime(PING_INTERVAL)
            .keepaliveTimeout(PING_TIMEOUT)
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .interceptor(new EtcdCalls(login));
    return new EtcdConnection(clock, vertx, secured(builder, access).build(), login);
  }

  private static ClientBuilder secured(ClientBuilder builder, EtcdAccess access) {
    if (!access.endpoints().tls()) {
      return builder;
    }
    try {
      return builder.sslContext(
          context -> {
            access.tls().trusted().ifPresent(context::trustManager);
            access.tls().own().ifPresent(context::keyManager);
          });
    } catch (SSLException e) {
      throw new IllegalStateException("this JVM cannot do TLS", e);
    }
  }

  KV kv() {
    return client.getKVClient();
  }

  Lease lease() {
    return client.getLeaseClient();
  }

  Watch watch() {
    return client.getWatchClient();
  }

  /** Says that etcd may not take the token of this connection any more. */
  void doubtToken() {
    login.ifPresent(EtcdLogin::forget);
  }

  /** Notes that etcd has just answered. */
  void answered() {
    aliveNanos = clock.monotonicNanos();
  }

  /** How long ago etcd last answered, or the client was made. */
  Duration silence() {
    return clock.since(aliveNanos);
  }

  /** Ends all requests, and the event loops: while they live, the JVM's exit is held up. Once. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    client.close();
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("event loops of an etcd client did not end in order", e);
    }
  }
}
