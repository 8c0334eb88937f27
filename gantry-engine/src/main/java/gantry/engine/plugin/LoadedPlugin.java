package gantry.engine.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin that is in use.
 *
 * @param description empty when it has none
 * @param source the jar, or the folder of classes, that it came from
 * @param kinds what it adds, each as its type and its kind: {@code check http}, {@code driver
 *     docker}; sorted, at least one
 */
public record LoadedPlugin(
    String id, String version, String description, Path source, Origin origin, List<String> kinds) {
  /** Copies the kinds. */
  public LoadedPlugin {
    kinds = List.copyOf(kinds);
  }

  /** How a plugin came here. */
  public enum Origin {
    /** With Gantry, on the application's class path. */
    SHIPPED("shipped"),
    /** As a jar in the plugins folder, with a class loader of its own. */
    DROPPED_IN("dropped-in");

    private final String word;

    Origin(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
