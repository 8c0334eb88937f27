package gantry.plugin.driver.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a credential helper, a program {@code docker-credential-NAME} that gets a registry's name on
 * standard input and prints {@code {"Username": ..., "Secret": ...}}
 * (github.com/docker/docker-credential-helpers). What it prints is never part of a message.
 *
 * @param path where to look for the program, as {@code PATH} writes it
 */
record CredentialHelper(String path, Duration limit) {
  /** Helpers may ask a cloud provider over the network. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  /** With which the program's name begins. */
  static final String PREFIX = "docker-credential-";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ANSWER_BYTES = 1024 * 1024;

  /** The user name that says that the secret is a token. */
  private static final String TOKEN_USER = "<token>";

  private static final String NOT_FOUND = "credentials not found";

  /** The login that the helper keeps for a registry; empty when it has none. */
  Optional<AuthConfig> get(String name, String registry) {
    String program = PREFIX + name;
    Process process = launch(program);
    try {
      String answer = exchange(process, program, registry);
      return process.exitValue() == 0
          ? Optional.of(login(answer, program))
          : none(answer, program, process.exitValue());
    } catch (IOException e) {
      throw failed(program, "could not be asked", e);
    } finally {
      kill(process);
    }
  }

  private Process launch(String program) {
    for (String folder : path.split(":", -1)) {
      Path candidate = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(candidate)) {
        try {
          return new ProcessBuilder(candidate.toString(), "get")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
        } catch (IOException e) {
          throw failed(program, "cannot be started", e);
        }
      }
    }
    throw failed(program, "is not installed (looked in " + path + ")", null);
  }

  private String exchange(Process process, String program, String registry) throws IOException {
    ask(process, registry);
    // Ends the helper, and with it the read below, when it takes too long.
    CompletableFuture<Process> exit =
        process
            .onExit()
            .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (ended, late) -> {
                  if (late != null) {
                    kill(process);
                  }
                });
    try (InputStream stdout = process.getInputStream()) {
      String answer = new String(stdout.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
      exit.join();
      return answer;
    } catch (CompletionException e) {
      throw failed(program, "did not answer within " + limit.toMillis() + " ms", null);
    }
  }

  /** With its children, which may hold its output open. Leaves what it printed readable. */
  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  private static void ask(Process process, String registry) {
    try (var stdin = process.getOutputStream()) {
      stdin.write(registry.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading; what it printed and its exit code tell whether that is wrong.
      assert process.pid() > 0;
    }
  }

  private static AuthConfig login(String answer, String program) {
    try {
      JsonNode node = JSON.readTree(answer);
      String user = node.path("Username").asText("");
      String secret = node.path("Secret").asText("");
      return user.equals(TOKEN_USER)
          ? new AuthConfig().withIdentityToken(secret)
          : new AuthConfig().withUsername(user).withPassword(secret);
    } catch (IOException e) {
      throw failed(program, "answered with something else than JSON", null); // which is secret
    }
  }

  private static Optional<AuthConfig> none(String answer, String program, int exitCode) {
    if (answer.toLowerCase(Locale.ROOT).contains(NOT_FOUND)) {
      return Optional.empty();
    }
    throw failed(program, "ended with code " + exitCode, null);
  }

  private static GantryException failed(String program, String what, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.IMAGE_ACCESS_DENIED,
        "the credential helper " + program + ", named in Docker's config.json, " + what,
        "install or repair it, or log in without it: docker login",
        cause);
  }
}
