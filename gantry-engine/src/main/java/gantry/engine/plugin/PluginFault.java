package gantry.engine.plugin;

import gantry.api.ApiVersion;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/**
 * Why a plugin cannot be used, and what its author or its user can do.
 *
 * @param reason continues "... cannot be used:"
 * @param cure an imperative without a full stop
 */
record PluginFault(String reason, String cure, @Nullable Throwable cause) {
  private static final String ASK = "ask its author for a build for this version of Gantry";

  static PluginFault of(String reason, String cure) {
    return new PluginFault(reason, cure, null);
  }

  /** What a plugin's code threw while something was done, such as {@code kind() of x.Y}. */
  static PluginFault thrown(String doing, Throwable thrown) {
    return switch (thrown) {
      case InvocationTargetException wrapper when wrapper.getCause() != null ->
          thrown(doing, wrapper.getCause());
      case PluginRuntimeException e ->
          new PluginFault(doing + " failed: " + e.getMessage(), ASK, e);
      case UnsupportedClassVersionError e ->
          new PluginFault(
              doing
                  + " failed: built for a newer Java than "
                  + Runtime.version().feature()
                  + ": "
                  + e.getMessage(),
              "build it with --release " + Runtime.version().feature() + " or older",
              e);
      case ExceptionInInitializerError e when e.getCause() != null ->
          new PluginFault(
              doing + " failed: a static initialiser threw " + e.getCause(), ASK, e.getCause());
      case NoClassDefFoundError e ->
          new PluginFault(
              doing + " failed: class not found: " + e.getMessage(),
              "put the libraries that it needs into its jar: it sees those of Gantry as little as"
                  + " those of other plugins",
              e);
      case NoSuchMethodError e -> linkage(doing, e);
      case AbstractMethodError e -> linkage(doing, e);
      default -> new PluginFault(doing + " failed: " + thrown, ASK, thrown);
    };
  }

  private static PluginFault linkage(String doing, LinkageError e) {
    return new PluginFault(
        doing + " failed: " + e,
        "build it against version " + ApiVersion.current() + " of gantry-api",
        e);
  }
}
