package gantry.plugin.driver.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What docker-java must know, and nothing from files, system properties or the environment, where
 * it would look by default. Credentials are handed to each pull instead.
 */
record EngineConfig(EngineAddress address, RemoteApiVersion version, ObjectMapper mapper)
    implements DockerClientConfig {
  /** Reads {@code /version}, the one thing that may be asked before a version was agreed on. */
  static EngineConfig unversioned(EngineAddress address) {
    EngineConfig bare = new EngineConfig(address, RemoteApiVersion.unknown(), new ObjectMapper());
    return new EngineConfig(address, bare.version, bare.defaultMapper());
  }

  /** The same with a version; shares the mapper, whose caches are costly to fill. */
  EngineConfig withVersion(RemoteApiVersion agreed) {
    return new EngineConfig(address, agreed, mapper);
  }

  private ObjectMapper defaultMapper() {
    return DockerClientConfig.super.getObjectMapper();
  }

  @Override
  public ObjectMapper getObjectMapper() {
    return mapper;
  }

  @Override
  public URI getDockerHost() {
    return address.uri();
  }

  @Override
  public RemoteApiVersion getApiVersion() {
    return version;
  }

  @Override
  public @Nullable String getRegistryUsername() {
    return null;
  }

  @Override
  public @Nullable String getRegistryPassword() {
    return null;
  }

  @Override
  public @Nullable String getRegistryEmail() {
    return null;
  }

  @Override
  public @Nullable String getRegistryUrl() {
    return null;
  }

  @Override
  public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
    return null;
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    return new AuthConfigurations();
  }

  @Override
  @SuppressWarnings("deprecation") // the interface wants it
  public com.github.dockerjava.core.@Nullable SSLConfig getSSLConfig() {
    return null;
  }
}
