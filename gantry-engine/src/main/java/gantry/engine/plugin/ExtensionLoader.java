package gantry.engine.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** Makes the extensions of one plugin, by plain reflection. */
final class ExtensionLoader {
  private final PluginSource source;
  private final ClassLoader loader;

  ExtensionLoader(PluginSource source, ClassLoader loader) {
    this.source = source;
    this.loader = loader;
  }

  /** A new instance of a class that implements at least one of the types. */
  Object make(String className) {
    Class<?> type = find(className);
    if (Arrays.stream(ExtensionType.values()).noneMatch(spi -> spi.isImplementedBy(type))) {
      throw unusable("its extension " + className + " implements none of " + ExtensionType.names());
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      throw unusable("its extension " + className + " is abstract");
    }
    Constructor<?> constructor = constructor(type);
    try {
      return constructor.newInstance();
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw source.unusable(PluginFault.thrown("making its extension " + className, e));
    }
  }

  private Class<?> find(String className) {
    try {
      return Class.forName(className, true, loader);
    } catch (ClassNotFoundException e) {
      throw source.unusable(
          new PluginFault(
              "its index names the extension " + className + ", which it does not have",
              "build it again from clean",
              e));
    } catch (RuntimeException | Error e) {
      throw source.unusable(PluginFault.thrown("loading its extension " + className, e));
    }
  }

  private Constructor<?> constructor(Class<?> type) {
    if (!Modifier.isPublic(type.getModifiers())) {
      throw unusable("its extension " + type.getName() + " is not public");
    }
    try {
      return type.getConstructor();
    } catch (NoSuchMethodException e) {
      throw unusable(
          "its extension " + type.getName() + " has no public constructor without parameters");
    } catch (Error e) {
      throw source.unusable(PluginFault.thrown("loading its extension " + type.getName(), e));
    }
  }

  private RuntimeException unusable(String reason) {
    return source.unusable(PluginFault.of(reason, "correct the class, or take @Extension from it"));
  }
}
