package gantry.plugin.coordinator.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The token that etcd gives for a user and password, shared by all calls of a connection. jetcd's
 * own tells an etcd that does not answer as a wrong password, so it is not used.
 */
final class EtcdLogin {
  /** Within the deadline of the call that waits for it, so that this one tells why. */
  private static final Duration DEADLINE = EtcdCalls.DEADLINE.minusMillis(300);

  private final EtcdUser user;
  private @Nullable CompletableFuture<String> token;

  EtcdLogin(EtcdUser user) {
    this.user = user;
  }

  /** The token in use, or that of a new login. */
  synchronized CompletableFuture<String> token(Channel channel) {
    if (token == null || token.isCompletedExceptionally()) {
      token = login(channel);
    }
    return token;
  }

  /** The next call logs in again, unless another one has done so since that token was in use. */
  synchronized void forget(String refused) {
    if (token != null && refused.equals(token.getNow(""))) {
      token = null;
    }
  }

  /** The next call logs in again. */
  synchronized void forget() {
    if (token != null && token.isDone()) {
      token = null;
    }
  }

  private CompletableFuture<String> login(Channel channel) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    ClientCall<AuthenticateRequest, AuthenticateResponse> call =
        channel.newCall(
            AuthGrpc.getAuthenticateMethod(),
            CallOptions.DEFAULT.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
    call.start(new Answer(answer), new Metadata());
    call.request(2); // the answer, and that it is the only one
    call.sendMessage(
        AuthenticateRequest.newBuilder().setName(user.name()).setPassword(user.password()).build());
    call.halfClose();
    return answer;
  }

  /** Why there is no token, for the call that waited: gRPC allows some codes only to a server. */
  static Status why(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> status;
      default -> Status.UNAUTHENTICATED.withDescription(status.getDescription()).withCause(failure);
    };
  }

  private static final class Answer extends ClientCall.Listener<AuthenticateResponse> {
    private final CompletableFuture<String> token;

    Answer(CompletableFuture<String> token) {
      this.token = token;
    }

    @Override
    public void onMessage(AuthenticateResponse message) {
      token.complete(message.getToken());
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      token.completeExceptionally(status.asRuntimeException()); // nothing happens after an answer
    }
  }
}
