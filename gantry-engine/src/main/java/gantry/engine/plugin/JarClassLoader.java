package gantry.engine.plugin;

import java.net.MalformedURLException;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * A loader for one dropped-in jar. What is shared comes from the host even when the jar bundles a
 * second copy of it; everything else comes from the jar, and from the platform last.
 */
final class JarClassLoader extends PluginClassLoader {
  JarClassLoader(
      PluginManager plugins,
      PluginDescriptor descriptor,
      PluginSource source,
      SharedClassLoader shared)
      throws MalformedURLException {
    super(plugins, descriptor, shared);
    addURL(source.path().toUri().toURL());
  }

  @Override
  protected boolean shouldDelegateToParent(String className) {
    return SharedClassLoader.isShared(className);
  }
}
