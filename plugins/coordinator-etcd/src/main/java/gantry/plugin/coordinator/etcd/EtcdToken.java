package gantry.plugin.coordinator.etcd;

import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The token that one call was sent with. */
final class EtcdToken extends CallCredentials {
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

  private final EtcdLogin login;
  private final Channel channel;
  private volatile @Nullable String used;

  EtcdToken(EtcdLogin login, Channel channel) {
    this.login = login;
    this.channel = channel;
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
    var _ =
        login
            .token(channel)
            .whenComplete(
                (token, failure) -> {
                  if (failure == null) {
                    used = token;
                    Metadata headers = new Metadata();
                    headers.put(HEADER, token);
                    applier.apply(headers);
                  } else {
                    applier.fail(EtcdLogin.why(failure));
                  }
                });
  }

  /** Looks at how the call ended: a token that etcd does not take any more is not used again. */
  void ended(Status status) {
    String sent = used;
    if (sent != null && EtcdRefusal.ofToken(status)) {
      login.forget(sent);
    }
  }
}
