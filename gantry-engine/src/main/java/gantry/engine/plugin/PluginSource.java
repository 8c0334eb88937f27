package gantry.engine.plugin;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.plugin.LoadedPlugin.Origin;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin says of itself, read without loading a class of it.
 *
 * @param pluginClass its own subclass of PF4J's {@code Plugin}; null for none
 * @param extensions class names, in the order of its index, at least one
 */
record PluginSource(
    String id,
    String version,
    String description,
    @Nullable String pluginClass,
    Path path,
    Origin origin,
    List<String> extensions) {

  /** What messages call it. */
  String label() {
    return switch (origin) {
      case SHIPPED -> "shipped plugin '" + id + "' in " + path;
      case DROPPED_IN -> "plugin jar " + path;
    };
  }

  /** This plugin cannot be used, for this reason. */
  GantryException unusable(PluginFault fault) {
    String cure =
        switch (origin) {
          case SHIPPED -> "this installation is damaged: install Gantry again";
          case DROPPED_IN -> fault.cure() + ", or take the jar out of the folder";
        };
    return new GantryException(
        ErrorCode.BAD_PLUGIN, label() + " cannot be used: " + fault.reason(), cure, fault.cause());
  }

  /** A jar cannot even be read as a plugin, for this reason. */
  static GantryException unusable(Path jar, PluginFault fault) {
    return new PluginSource("?", "?", "", null, jar, Origin.DROPPED_IN, List.of()).unusable(fault);
  }
}
