package gantry.plugin.coordinator.etcd;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every call over a connection has: a deadline, after which it is dropped and cannot be sent
 * later; the token of a login, where there is a user; and word of whether it left this process at
 * all. A call waits for a connection at first; one that fails before it was given to one certainly
 * had no effect.
 */
final class EtcdCalls implements ClientInterceptor {
  /**
   * An etcd that is well answers within milliseconds; a machine with much else to do, which has
   * just started a JVM, was seen to take 3 s for its first call.
   */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Optional<EtcdLogin> login;

  EtcdCalls(Optional<EtcdLogin> login) {
    this.login = login;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Departure departure = new Departure();
    CallOptions traced = bounded(method, options.withStreamTracerFactory(departure));
    if (login.isEmpty()) {
      return new Watched<>(next.newCall(method, traced), departure::told);
    }
    EtcdToken token = new EtcdToken(login.get(), next);
    return new Watched<>(
        next.newCall(method, traced.withCallCredentials(token)),
        status -> {
          token.ended(status);
          return departure.told(status);
        });
  }

  /** Watches go on for ever; how long one may take to stand is bounded by who opens it. */
  private static CallOptions bounded(MethodDescriptor<?, ?> method, CallOptions options) {
    return "etcdserverpb.Watch".equals(method.getServiceName())
        ? options
        : options.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why a call failed that was never given to a connection. */
  static final class NeverSent extends Exception {
    private static final long serialVersionUID = 1L;

    NeverSent(@Nullable Throwable cause) {
      super("the request was never sent", cause);
    }
  }

  /** Notes that a call was given to a connection. */
  private static final class Departure extends ClientStreamTracer.Factory {
    private volatile boolean sent;

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void streamCreated(Attributes transport, Metadata sentHeaders) {
          sent = true;
        }
      };
    }

    Status told(Status status) {
      return status.isOk() || sent ? status : status.withCause(new NeverSent(status.getCause()));
    }
  }

  /** A call whose end is looked at. */
  private static final class Watched<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final UnaryOperator<Status> end;

    Watched(ClientCall<Q, A> call, UnaryOperator<Status> end) {
      super(call);
      this.end = end;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      super.start(
          new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
              super.onClose(end.apply(status), trailers);
            }
          },
          headers);
    }
  }
}
