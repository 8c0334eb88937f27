package gantry.engine.plugin;

import gantry.api.ApiVersion;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.VersionManager;

/**
 * PF4J's manager for plugins that {@link PluginHost} has found and judged. PF4J's own way of
 * finding them logs what is wrong and goes on, which would leave checks out silently. Not
 * thread-safe.
 */
final class PluginRegistry extends AbstractPluginManager {
  private final ClassLoader application;
  private final SharedClassLoader shared;

  PluginRegistry(ClassLoader application) {
    this.application = application;
    this.shared = new SharedClassLoader(application);
    setSystemVersion(ApiVersion.current() + ".0");
  }

  /** Starts a plugin, and returns the loader of its classes. */
  ClassLoader start(PluginSource source) {
    DefaultPluginDescriptor descriptor =
        new DefaultPluginDescriptor(
            source.id(),
            source.description(),
            source.pluginClass() == null ? Plugin.class.getName() : source.pluginClass(),
            source.version(),
            "*",
            "",
            "");
    ClassLoader loader = loader(source, descriptor);
    PluginWrapper plugin = createPluginWrapper(descriptor, source.path(), loader);
    plugins.put(source.id(), plugin);
    pluginClassLoaders.put(source.id(), loader);
    resolvedPlugins.add(plugin);
    plugin.setPluginState(PluginState.RESOLVED);
    start(source, plugin);
    return loader;
  }

  /**
   * Stops the plugins in reverse order and closes their loaders. PF4J logs what fails in it: there
   * is nothing left that a caller could do.
   */
  void stopAll() {
    List<PluginWrapper> loaded = List.copyOf(resolvedPlugins).reversed();
    for (PluginWrapper plugin : loaded) {
      if (plugin.getPluginState() == PluginState.STARTED) {
        stopPlugin(plugin.getPluginId(), false); // none depends on another
      }
      unloadPlugin(plugin.getPluginId(), false, false);
    }
  }

  private ClassLoader loader(PluginSource source, PluginDescriptor descriptor) {
    return switch (source.origin()) {
      case SHIPPED -> new ShippedClassLoader(this, descriptor, application);
      case DROPPED_IN -> {
        try {
          yield new JarClassLoader(this, descriptor, source, shared);
        } catch (MalformedURLException e) {
          throw source.unusable(PluginFault.thrown("reading it as a URL", e));
        }
      }
    };
  }

  private void start(PluginSource source, PluginWrapper plugin) {
    String doing = "starting its Plugin-Class " + source.pluginClass();
    PluginState state;
    try {
      state = startPlugin(source.id());
    } catch (Error e) { // PF4J keeps exceptions, but not all errors, and these do not name the jar
      throw source.unusable(PluginFault.thrown(doing, e));
    }
    if (state != PluginState.STARTED) {
      Throwable failure = plugin.getFailedException();
      throw source.unusable(
          PluginFault.thrown(
              doing, failure == null ? new IllegalStateException("state " + state) : failure));
    }
  }

  @Override
  protected PluginFactory createPluginFactory() {
    return new ReflectivePluginFactory();
  }

  @Override
  protected List<Path> createPluginsRoot() {
    return List.of();
  }

  @Override
  protected PluginRepository createPluginRepository() {
    return new PluginRepository() {
      @Override
      public List<Path> getPluginPaths() {
        return List.of();
      }

      @Override
      public boolean deletePluginPath(Path pluginPath) {
        return false;
      }
    };
  }

  @Override
  protected ExtensionFactory createExtensionFactory() {
    return new DefaultExtensionFactory();
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new ManifestPluginDescriptorFinder();
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    return new IndexedExtensionFinder(this);
  }

  @Override
  protected PluginStatusProvider createPluginStatusProvider() {
    return new PluginStatusProvider() {
      @Override
      public boolean isPluginDisabled(String pluginId) {
        return false;
      }

      @Override
      public void disablePlugin(String pluginId) {
        throw new UnsupportedOperationException("take the jar out of the folder instead");
      }

      @Override
      public void enablePlugin(String pluginId) {
        // none is ever disabled
      }
    };
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new PluginLoader() {
      @Override
      public boolean isApplicable(Path pluginPath) {
        return false;
      }

      @Override
      public @Nullable ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
        throw new UnsupportedOperationException("plugins are loaded by PluginHost");
      }
    };
  }

  @Override
  protected VersionManager createVersionManager() {
    return new DefaultVersionManager();
  }
}
