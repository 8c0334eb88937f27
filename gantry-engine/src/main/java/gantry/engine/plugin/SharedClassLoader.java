package gantry.engine.plugin;

import java.util.List;

/**
 * The parent of every dropped-in jar: the platform, and of the application only what plugins and
 * engine must have in common. Anything else would leak: a library that the host has too would come
 * half from the host and half from the jar.
 */
final class SharedClassLoader extends ClassLoader {
  private static final List<String> SHARED =
      List.of("gantry.api.", "org.pf4j.", "org.slf4j.", "org.jspecify.");

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader application;

  SharedClassLoader(ClassLoader application) {
    super("gantry-shared", getPlatformClassLoader());
    this.application = application;
  }

  static boolean isShared(String className) {
    return SHARED.stream().anyMatch(className::startsWith);
  }

  /** Called after the platform did not have the class. */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!isShared(name)) {
      throw new ClassNotFoundException(name);
    }
    return application.loadClass(name);
  }
}
