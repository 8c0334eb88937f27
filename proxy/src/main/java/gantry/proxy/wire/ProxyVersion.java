package gantry.proxy.wire;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Optional;

/** Which version of the proxy this is, as its jar says. */
public final class ProxyVersion {
  private ProxyVersion() {}

  /** The version; {@code development} outside a jar. */
  public static String current() {
    return Optional.ofNullable(ProxyVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** Whether a version is older than another; of what is no version nothing is known. */
  public static boolean isOlder(String version, String other) {
    try {
      return Version.parse(version).compareTo(Version.parse(other)) < 0;
    } catch (IllegalArgumentException noVersion) {
      return false;
    }
  }
}
