package gantry.proxy.control;

import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.ProxyVersion;
import gantry.proxy.wire.WireHello;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the proxy says of itself to clients of any version. */
final class Hello {
  private static final Instant STARTED =
      ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

  private Hello() {}

  static Map<String, Object> of(Steering steering, Retuning retuning) {
    return new WireHello(
            List.of(Protocol.VERSION),
            ProxyVersion.current(),
            ProcessHandle.current().pid(),
            steering.transport().name().toLowerCase(Locale.ROOT),
            steering.loops(),
            Duration.between(STARTED, Instant.now()),
            retuning.metrics(),
            Protocol.COMMANDS)
        .toJson();
  }
}
