package gantry.engine.plugin;

import gantry.api.ApiVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges {@code Plugin-Requires}: same major, and a minor that this version has already. */
final class ApiRequirement {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.\\d{1,4})?");
  private static final String WRITE =
      "write 'Plugin-Requires: " + ApiVersion.current() + "' into its manifest";

  private ApiRequirement() {}

  static Optional<PluginFault> faultIn(@Nullable String requires) {
    if (requires == null || requires.isBlank()) {
      return Optional.of(
          PluginFault.of("its manifest does not say which SPI version it needs", WRITE));
    }
    Matcher version = VERSION.matcher(requires.strip());
    if (!version.matches()) {
      return Optional.of(
          PluginFault.of(
              "its Plugin-Requires '"
                  + requires
                  + "' is no version such as "
                  + ApiVersion.current(),
              WRITE));
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major == ApiVersion.MAJOR && minor <= ApiVersion.MINOR
        ? Optional.empty()
        : Optional.of(mismatch(requires.strip(), major));
  }

  private static PluginFault mismatch(String requires, int major) {
    boolean newer = major >= ApiVersion.MAJOR;
    return PluginFault.of(
        "it needs SPI version " + requires + ", this Gantry has " + ApiVersion.current(),
        newer
            ? "install a newer Gantry"
            : "build it against version " + ApiVersion.current() + " of gantry-api");
  }
}
