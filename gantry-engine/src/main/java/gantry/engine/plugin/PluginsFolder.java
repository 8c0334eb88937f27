package gantry.engine.plugin;

import java.nio.file.Path;

/**
 * Where dropped-in jars lie.
 *
 * @param named whether the user named it: then it must be there
 */
public record PluginsFolder(Path path, boolean named) {
  /** A folder that the user named: it must be there. */
  public static PluginsFolder named(Path path) {
    return new PluginsFolder(path, true);
  }

  /** The folder of the installation, which need not be there. */
  public static PluginsFolder standard(Path path) {
    return new PluginsFolder(path, false);
  }
}
