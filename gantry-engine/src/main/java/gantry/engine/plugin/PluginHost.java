package gantry.engine.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads every plugin, or none: the shipped ones from the application's class path, and the jars of
 * a folder in class loaders of their own. A plugin that cannot be used ends the loading with {@code
 * BAD_PLUGIN}; nothing is ever left out silently, because a missing check would look like a passed
 * one. Immutable once loaded; any thread may use it.
 */
public final class PluginHost implements AutoCloseable {
  private final PluginRegistry registry;
  private final Extensions extensions;
  private final List<LoadedPlugin> plugins;

  private PluginHost(PluginRegistry registry, Extensions extensions, List<LoadedPlugin> plugins) {
    this.registry = registry;
    this.extensions = extensions;
    this.plugins = List.copyOf(plugins);
  }

  /** Loads what lies on Gantry's own class path and in the folder, when there is one. */
  public static PluginHost load(Optional<PluginsFolder> folder) {
    return load(PluginHost.class.getClassLoader(), folder);
  }

  /**
   * Loads what lies on a class path and in the folder, when there is one.
   *
   * @param application has the shipped plugins, and the SPI that all plugins share with the engine
   * @throws gantry.api.GantryException {@code BAD_PLUGIN}: names the jar, the reason and the cure
   */
  public static PluginHost load(ClassLoader application, Optional<PluginsFolder> folder) {
    List<PluginSource> sources = new ArrayList<>(ShippedPlugins.find(application));
    folder.map(PluginJars::find).ifPresent(sources::addAll);
    rejectSameIds(sources);
    PluginRegistry registry = new PluginRegistry(application);
    try {
      return start(registry, sources);
    } catch (RuntimeException | Error e) {
      registry.stopAll();
      throw e;
    }
  }

  private static PluginHost start(PluginRegistry registry, List<PluginSource> sources) {
    ExtensionTable table = new ExtensionTable();
    List<LoadedPlugin> plugins = new ArrayList<>();
    for (PluginSource source : sources) {
      ExtensionLoader loader = new ExtensionLoader(source, registry.start(source));
      source.extensions().forEach(name -> table.add(loader.make(name), source));
      plugins.add(
          new LoadedPlugin(
              source.id(),
              source.version(),
              source.description(),
              source.path(),
              source.origin(),
              table.kindsOf(source)));
    }
    return new PluginHost(registry, table.toExtensions(), plugins);
  }

  private static void rejectSameIds(List<PluginSource> sources) {
    Map<String, PluginSource> byId = new HashMap<>();
    for (PluginSource source : sources) {
      PluginSource first = byId.putIfAbsent(source.id(), source);
      if (first != null) {
        throw source.unusable(
            PluginFault.of(
                "its Plugin-Id '" + source.id() + "' is that of " + first.label() + " already",
                "give it another id"));
      }
    }
  }

  /** Everything that the plugins add. */
  public Extensions extensions() {
    return extensions;
  }

  /** The plugins: the shipped ones by id, then the dropped-in ones by the names of their jars. */
  public List<LoadedPlugin> plugins() {
    return plugins;
  }

  /**
   * Stops the plugins in reverse order and lets go of the jars: a class that was not loaded before
   * is not to be had any more. A second call does nothing.
   */
  @Override
  public void close() {
    registry.stopAll();
  }
}
