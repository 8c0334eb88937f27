package gantry.api;

/**
 * The version of this SPI. A plugin says which it was built for in its manifest, {@code
 * Plugin-Requires: 1.0}; one of another major version is refused.
 */
public final class ApiVersion {
  /** Grows when an existing plugin would no longer link or work. */
  public static final int MAJOR = 1;

  /** Grows when something was added. */
  public static final int MINOR = 0;

  private ApiVersion() {}

  /** Major and minor, as plugins write it. */
  public static String current() {
    return MAJOR + "." + MINOR;
  }
}
