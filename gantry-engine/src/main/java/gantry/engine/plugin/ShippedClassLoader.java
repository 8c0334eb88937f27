package gantry.engine.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Makes a plugin of what lies on the application's class path: every class comes from there, so
 * that the JDK's AOT cache covers it.
 */
final class ShippedClassLoader extends PluginClassLoader {
  private final ClassLoader application;

  ShippedClassLoader(PluginManager plugins, PluginDescriptor descriptor, ClassLoader application) {
    super(plugins, descriptor, application);
    this.application = application;
  }

  @Override
  public Class<?> loadClass(String className) throws ClassNotFoundException {
    return application.loadClass(className);
  }

  @Override
  public URL getResource(String name) {
    return application.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return application.getResources(name);
  }
}
