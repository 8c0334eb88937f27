package gantry.plugin.driver.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registry credentials as {@code docker login} leaves them: in {@code config.json} itself ({@code
 * auths}), or with a helper program ({@code credHelpers} for one registry, {@code credsStore} for
 * all). Read anew for each pull, so that a login counts at once, and never kept.
 */
final class Credentials {
  /** Under which Docker keeps the login of its own registry. */
  private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final CredentialHelper helper;

  /**
   * @param folder where {@code config.json} lies
   */
  Credentials(Path folder, CredentialHelper helper) {
    this.folder = folder;
    this.helper = helper;
  }

  /** The folder that the {@code docker} command would use. */
  static Path defaultFolder(Map<String, String> environment) {
    String named = environment.get("DOCKER_CONFIG");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return Path.of(home, ".docker");
  }

  /**
   * The login for a registry.
   *
   * @param registry host and port, or {@code docker.io}
   */
  Login forRegistry(String registry) {
    JsonNode config = read();
    List<String> keys = keys(registry);
    return fromHelper(config, keys.getFirst())
        .or(() -> fromFile(config, keys))
        .orElseGet(() -> Login.none(registry, file()));
  }

  private Optional<Login> fromHelper(JsonNode config, String key) {
    String named = config.path("credHelpers").path(key).asText("");
    String program = named.isEmpty() ? config.path("credsStore").asText("") : named;
    return program.isEmpty()
        ? Optional.empty()
        : helper
            .get(program, key)
            .map(
                login ->
                    Login.of(login.withRegistryAddress(key), CredentialHelper.PREFIX + program));
  }

  private Optional<Login> fromFile(JsonNode config, List<String> keys) {
    return keys.stream()
        .flatMap(key -> written(config.path("auths").path(key), key).stream())
        .map(login -> Login.of(login, file()))
        .findFirst();
  }

  private Optional<AuthConfig> written(JsonNode entry, String key) {
    AuthConfig login = new AuthConfig().withRegistryAddress(key);
    String identity = entry.path("identitytoken").asText("");
    String registryToken = entry.path("registrytoken").asText("");
    if (!identity.isEmpty()) {
      login.withIdentityToken(identity);
    }
    if (!registryToken.isEmpty()) {
      login.withRegistrytoken(registryToken);
    }
    String pair = entry.path("auth").asText("");
    if (!pair.isEmpty()) {
      String plain = decode(pair, key);
      int colon = plain.indexOf(':');
      login.withUsername(plain.substring(0, colon)).withPassword(plain.substring(colon + 1));
    } else if (entry.hasNonNull("username")) { // as other tools than Docker's write it
      login.withUsername(entry.path("username").asText());
      login.withPassword(entry.path("password").asText(""));
    }
    boolean empty = identity.isEmpty() && registryToken.isEmpty() && login.getUsername() == null;
    return empty ? Optional.empty() : Optional.of(login);
  }

  private String decode(String pair, String key) {
    try {
      String plain =
          new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8)
              .replaceAll("\0+$", "");
      if (plain.indexOf(':') > 0) {
        return plain;
      }
    } catch (IllegalArgumentException e) {
      throw unreadable("auths['" + key + "'].auth is not Base64", null);
    }
    throw unreadable("auths['" + key + "'].auth is not of the form user:password", null);
  }

  private Path file() {
    return folder.resolve("config.json");
  }

  private JsonNode read() {
    Path file = file();
    try {
      return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      // Only the place: the parser's message quotes the content, which is secret.
      throw unreadable("it is not JSON at line " + e.getLocation().getLineNr(), null);
    } catch (IOException e) {
      throw unreadable(e.toString(), e);
    }
  }

  private GantryException unreadable(
      String reason, @org.jspecify.annotations.Nullable IOException cause) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION,
        "cannot read registry credentials from " + file() + ": " + reason,
        "repair the file, or log in again: docker login",
        cause);
  }

  /** The spellings under which a registry's login may be kept, the usual one first. */
  private static List<String> keys(String registry) {
    List<String> keys = new ArrayList<>();
    if (registry.equals(ImageName.DOCKER_HUB)) {
      keys.addAll(List.of(DOCKER_HUB_KEY, "index.docker.io", "registry-1.docker.io"));
    }
    keys.add(registry);
    for (String scheme : List.of("https://", "http://")) {
      for (String end : List.of("", "/", "/v1/", "/v2/")) {
        keys.add(scheme + registry + end);
      }
    }
    return keys;
  }
}
