package gantry.proxy.control;

import java.util.Optional;

/** Which version of the proxy this is, as its jar says. */
public final class ProxyVersion {
  private ProxyVersion() {}

  /** The version; {@code development} outside a jar. */
  public static String current() {
    return Optional.ofNullable(ProxyVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
