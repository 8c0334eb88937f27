package gantry.plugin.driver.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns what goes wrong with a call into an error that says whether the engine was reached.
 * docker-java throws typed exceptions for HTTP errors, and bare {@code RuntimeException}s for I/O.
 */
final class EngineErrors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CAUSES = 10;

  /**
   * What dockerd 20.10 to 28 answers to calls that are under way while it ends, or while the
   * containerd beneath it is away. Nobody is to blame for that but the engine.
   */
  private static final List<String> GOING_AWAY =
      List.of(
          "transport is closing",
          "client connection is closing",
          "ttrpc: closed",
          "containerd.sock",
          "context canceled");

  private static final List<String> DISK_FULL =
      List.of("no space left on device", "disk quota exceeded");

  private EngineErrors() {}

  static GantryException of(EngineAddress address, String doing, Throwable failure) {
    if (failure instanceof GantryException known) {
      return known;
    }
    if (failure instanceof DockerException refusal) {
      String words = words(refusal);
      return isGoingAway(words) ? goingAway(doing, words, refusal) : refused(doing, refusal);
    }
    IOException io = ioCause(failure);
    if (io != null) {
      return unreachable(address, doing, io);
    }
    return new GantryException(
        ErrorCode.INTERNAL,
        doing + ": unexpected failure in the docker driver: " + failure,
        failure);
  }

  /** The engine answered, and its answer was no. */
  static GantryException refused(String doing, DockerException refusal) {
    return new GantryException(
        ErrorCode.ENGINE_REFUSED,
        "the container engine refused %s: %s".formatted(doing, words(refusal)),
        next(words(refusal)),
        refusal);
  }

  /** Whether the engine's words mean that it did not get to the matter at all. */
  static boolean isGoingAway(String words) {
    return containsAny(words, GOING_AWAY);
  }

  static GantryException goingAway(String doing, String words, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.ENGINE_UNREACHABLE,
        "the container engine went away while " + doing + ": " + words,
        cause);
  }

  /** What to do about a refusal, where its words tell. */
  static @Nullable String next(String words) {
    return containsAny(words, DISK_FULL)
        ? "free space on the engine's disk (docker system df, docker image prune), then try again"
        : null;
  }

  private static boolean containsAny(String words, List<String> parts) {
    String text = words.toLowerCase(Locale.ROOT);
    return parts.stream().anyMatch(text::contains);
  }

  static GantryException mute(EngineAddress address, String doing, Duration limit) {
    return new GantryException(
        ErrorCode.ENGINE_UNREACHABLE,
        "the container engine at %s did not answer within %d ms while %s"
            .formatted(address, limit.toMillis(), doing),
        "check that it runs and is not overloaded: docker --host " + address + " info",
        null);
  }

  static GantryException closed(String doing) {
    return new GantryException(
        ErrorCode.ENGINE_UNREACHABLE, doing + ": the docker driver was closed");
  }

  static GantryException interrupted(String doing, InterruptedException cause) {
    return new GantryException(ErrorCode.ENGINE_UNREACHABLE, "interrupted while " + doing, cause);
  }

  private static GantryException unreachable(
      EngineAddress address, String doing, IOException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    boolean denied = reason.toLowerCase(Locale.ROOT).contains("permission denied");
    return new GantryException(
        ErrorCode.ENGINE_UNREACHABLE,
        "cannot reach the container engine at %s while %s: %s".formatted(address, doing, reason),
        denied
            ? "run as root, or as a member of the group that owns the socket (docker)"
            : "start it (systemctl start docker), or name another with DOCKER_HOST",
        cause);
  }

  private static @Nullable IOException ioCause(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof UncheckedIOException unchecked) {
        return unchecked.getCause();
      }
      if (cause instanceof IOException io) {
        return io;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /**
   * The engine's own words, without the JSON and the status that docker-java leaves around them.
   */
  static String words(DockerException refusal) {
    String text = String.valueOf(refusal.getMessage()).replaceFirst("^Status \\d+: ", "").strip();
    if (!text.startsWith("{")) {
      return text.isEmpty() ? "HTTP status " + refusal.getHttpStatus() : text;
    }
    try {
      JsonNode message = JSON.readTree(text).path("message");
      return message.isTextual() ? message.asText().strip() : text;
    } catch (JsonProcessingException e) {
      return text; // not the JSON it looked like: its plain text says as much
    }
  }
}
