package gantry.plugin.driver.docker;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart why an image could not be pulled. The engine passes the registry's failures on as
 * text, with a status that does not help: 404 and 500 both stand for each of them.
 *
 * @param reference the image that was asked for
 * @param login what its registry was asked with
 */
record PullErrors(String reference, Login login) {
  private static final List<String> DENIED =
      List.of(
          "unauthorized",
          "authentication required",
          "no basic auth credentials",
          "access denied",
          "access to the resource is denied",
          "access forbidden",
          "403 forbidden",
          "incorrect username or password");
  private static final List<String> UNREACHABLE =
      List.of(
          "dial tcp",
          "connection refused",
          "connection reset",
          "no such host",
          "i/o timeout",
          "client.timeout",
          "deadline exceeded",
          "request canceled",
          "tls handshake",
          "tls: ",
          "x509: ",
          "http response to https client",
          "unexpected eof",
          ": eof",
          "no route to host",
          "network is unreachable",
          "unexpected http status: 5",
          "toomanyrequests",
          "too many requests");
  private static final List<String> UNKNOWN =
      List.of(
          "manifest unknown",
          "name unknown",
          "repository name not known",
          "no matching manifest",
          "not found");

  /** A registry that tells strangers no more says this of a private image and of none. */
  private static final String EITHER = "repository does not exist or may require";

  /** The error for the engine's words. */
  GantryException of(String words, @Nullable Throwable cause) {
    if (EngineErrors.isGoingAway(words)) {
      return EngineErrors.goingAway("pulling " + reference, words, cause);
    }
    ErrorCode code = code(words);
    String next =
        code == ErrorCode.ENGINE_REFUSED ? EngineErrors.next(words) : next(code, reference);
    return new GantryException(code, what(code, words) + ": " + words, next, cause);
  }

  private String what(ErrorCode code, String words) {
    if (code == ErrorCode.IMAGE_ACCESS_DENIED) {
      String orNone = words.contains(EITHER) ? ", or has none of that name" : "";
      return "the registry denies access to image %s%s (asked %s)"
          .formatted(reference, orNone, login.told());
    }
    if (code == ErrorCode.IMAGE_NOT_FOUND) {
      return "there is no image " + reference;
    }
    return code == ErrorCode.REGISTRY_UNREACHABLE
        ? "cannot get image " + reference + " from its registry"
        : "the container engine could not pull image " + reference;
  }

  private static @Nullable String next(ErrorCode code, String reference) {
    String registry = new ImageName(reference).registry();
    if (code == ErrorCode.IMAGE_ACCESS_DENIED) {
      return "log in on this machine: docker login " + registry;
    }
    if (code == ErrorCode.IMAGE_NOT_FOUND) {
      return reference.contains("@")
          ? "push this very image again, or update to what the tag stands for now"
          : "check the repo and the tag, and that the image was pushed";
    }
    return code == ErrorCode.REGISTRY_UNREACHABLE
        ? "check that this machine reaches " + registry + ", then try again"
        : null;
  }

  /** Time is up: the registry said nothing at all, or it was too slow. */
  static GantryException slow(String reference, Duration limit, long doneBytes) {
    return new GantryException(
        doneBytes == 0 ? ErrorCode.REGISTRY_UNREACHABLE : ErrorCode.TIMED_OUT,
        "image %s did not arrive within %d ms; %d bytes of it had been downloaded"
            .formatted(reference, limit.toMillis(), doneBytes),
        next(ErrorCode.REGISTRY_UNREACHABLE, reference),
        null);
  }

  static ErrorCode code(String words) {
    String text = words.toLowerCase(Locale.ROOT);
    if (DENIED.stream().anyMatch(text::contains)) {
      return ErrorCode.IMAGE_ACCESS_DENIED;
    }
    if (UNREACHABLE.stream().anyMatch(text::contains)) {
      return ErrorCode.REGISTRY_UNREACHABLE;
    }
    if (UNKNOWN.stream().anyMatch(text::contains)) {
      return ErrorCode.IMAGE_NOT_FOUND;
    }
    return ErrorCode.ENGINE_REFUSED;
  }
}
