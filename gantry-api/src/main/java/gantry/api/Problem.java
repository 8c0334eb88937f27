package gantry.api;

/**
 * One mistake in a configuration.
 *
 * @param place where, as a path such as {@code components[1].ports[0].external}; empty for the
 *     whole file
 * @param message what was found, what is allowed, and the nearest known name where one is close
 */
public record Problem(String place, String message) {
  @Override
  public String toString() {
    return place.isEmpty() ? message : place + ": " + message;
  }
}
