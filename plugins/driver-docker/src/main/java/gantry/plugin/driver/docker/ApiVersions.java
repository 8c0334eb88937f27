package gantry.plugin.driver.docker;

import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.RemoteApiVersion;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import org.jspecify.annotations.Nullable;

/** Agrees with an engine on a version of its API; docker-java does not negotiate. */
final class ApiVersions {
  /** Docker 20.10, the oldest engine that the driver is tested with. */
  static final RemoteApiVersion LOWEST = RemoteApiVersion.VERSION_1_41;

  /** The newest that docker-java knows, and the oldest that Docker 29 still speaks. */
  static final RemoteApiVersion HIGHEST = RemoteApiVersion.VERSION_1_44;

  private ApiVersions() {}

  /** The newest version that both sides speak. */
  static RemoteApiVersion choose(Version engine, EngineAddress address) {
    RemoteApiVersion newest = parse(engine.getApiVersion(), address);
    if (LOWEST.isGreater(newest)) {
      throw tooFarApart(engine, address, "upgrade it to Docker 20.10 or newer");
    }
    String oldest = engine.getMinAPIVersion();
    if (oldest != null && !oldest.isEmpty() && parse(oldest, address).isGreater(HIGHEST)) {
      throw tooFarApart(engine, address, "upgrade Gantry, or lower the engine's minimum version");
    }
    return newest.isGreater(HIGHEST) ? HIGHEST : newest;
  }

  private static RemoteApiVersion parse(@Nullable String text, EngineAddress address) {
    if (text == null || !text.matches("v?\\d+\\.\\d+")) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "what answers at " + address + " is no container engine: its API version is " + text,
          "check DOCKER_HOST",
          null);
    }
    return RemoteApiVersion.parseConfig(text);
  }

  private static GantryException tooFarApart(Version engine, EngineAddress address, String next) {
    return new GantryException(
        ErrorCode.ENGINE_REFUSED,
        "the container engine at %s (Docker %s) speaks API versions %s to %s; Gantry needs one of %s to %s"
            .formatted(
                address,
                engine.getVersion(),
                engine.getMinAPIVersion(),
                engine.getApiVersion(),
                LOWEST.getVersion(),
                HIGHEST.getVersion()),
        next,
        null);
  }
}
