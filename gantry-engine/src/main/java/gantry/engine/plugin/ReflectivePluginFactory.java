package gantry.engine.plugin;

import java.lang.reflect.InvocationTargetException;
import org.pf4j.Plugin;
import org.pf4j.PluginFactory;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Makes the {@code Plugin-Class} of a plugin, and says why where PF4J's own gives null. */
final class ReflectivePluginFactory implements PluginFactory {
  @Override
  public Plugin create(PluginWrapper plugin) {
    String name = plugin.getDescriptor().getPluginClass();
    if (name.equals(Plugin.class.getName())) {
      return new Plugin();
    }
    try {
      return Class.forName(name, true, plugin.getPluginClassLoader())
          .asSubclass(Plugin.class)
          .getConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw new PluginRuntimeException(e, "it does not have this class");
    } catch (ClassCastException e) {
      throw new PluginRuntimeException(e, "it does not extend " + Plugin.class.getName());
    } catch (InvocationTargetException e) {
      throw new PluginRuntimeException(e.getCause(), "its constructor threw " + e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new PluginRuntimeException(e, "it has no public constructor without parameters");
    }
  }
}
