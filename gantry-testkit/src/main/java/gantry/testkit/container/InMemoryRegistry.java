package gantry.testkit.container;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.Image;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Where the engines of a simulated fleet pull from. Tags move; contents stay until {@link #forget}.
 * Safe for use by several threads.
 */
public final class InMemoryRegistry {
  private final Map<String, String> digests = new HashMap<>();
  private final Map<String, ScriptedImage> contents = new HashMap<>();
  private boolean reachable = true;

  /** Makes {@code repo:tag} stand for this image from now on, and tells what it resolves to. */
  public synchronized Image publish(String repo, String tag, ScriptedImage content) {
    String digest = sha256("manifest " + content.content());
    contents.put(repo + "@" + digest, content);
    digests.put(repo + ":" + tag, digest);
    return image(repo, tag, content, digest);
  }

  /** Whether anybody can reach it; true at first. */
  public synchronized void setReachable(boolean reachable) {
    this.reachable = reachable;
  }

  /** Drops a content, so that it can be pulled no more. Engines that hold it go on. */
  public synchronized void forget(Image image) {
    contents.remove(image.repo() + "@" + image.digest().orElse(""));
  }

  synchronized Image resolve(String repo, String tag) {
    requireReachable();
    String digest = digests.get(repo + ":" + tag);
    ScriptedImage content = digest == null ? null : contents.get(repo + "@" + digest);
    if (digest == null || content == null) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND, "the registry has no image " + repo + ":" + tag);
    }
    return image(repo, tag, content, digest);
  }

  synchronized ScriptedImage content(Image image) {
    requireReachable();
    ScriptedImage content = contents.get(image.repo() + "@" + image.digest().orElse(""));
    if (content == null) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND,
          "the registry has no content "
              + image.digest().orElse(image.id())
              + " of "
              + image.reference());
    }
    return content;
  }

  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Image image(String repo, String tag, ScriptedImage content, String digest) {
    return new Image(repo, tag, sha256("config " + content.content()), Optional.of(digest));
  }

  private void requireReachable() {
    if (!reachable) {
      throw new GantryException(
          ErrorCode.REGISTRY_UNREACHABLE, "the registry does not answer (scripted)");
    }
  }
}
