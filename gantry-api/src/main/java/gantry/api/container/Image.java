package gantry.api.container;

import java.util.Optional;

/**
 * An image that was resolved: a name that may move, and the content that it stood for.
 *
 * @param repo where it lies: {@code 127.0.0.1:5000/shop/web}, or a folder for the process driver
 * @param tag the tag that was resolved; later only for display
 * @param id identifies the content on a machine: {@code sha256:} and 64 hex digits
 * @param digest what to pull: the manifest's {@code sha256:...}; empty when the image exists only
 *     on the machine that resolved it
 */
public record Image(String repo, String tag, String id, Optional<String> digest) {
  /** The first 12 hex digits of the id, as humans see it. */
  public String briefId() {
    String hex = id.substring(id.indexOf(':') + 1);
    return hex.length() <= 12 ? hex : hex.substring(0, 12);
  }

  /** {@code repo:tag}. */
  public String reference() {
    return repo + ":" + tag;
  }
}
