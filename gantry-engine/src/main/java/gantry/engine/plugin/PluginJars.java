package gantry.engine.plugin;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the jars of the plugins folder; subfolders and other files are not looked at. */
final class PluginJars {
  /** Each costs start-up time and memory; more than this is a wrong folder. */
  private static final int LIMIT = 100;

  private PluginJars() {}

  /** Sorted by the jars' names. */
  static List<PluginSource> find(PluginsFolder folder) {
    if (!folder.named() && Files.notExists(folder.path())) {
      return List.of();
    }
    List<Path> jars = list(folder);
    if (jars.size() > LIMIT) {
      throw unusable(
          folder, "has " + jars.size() + " jars, at most " + LIMIT + " are loaded", null);
    }
    List<PluginSource> sources = new ArrayList<>();
    for (Path jar : jars) {
      sources.add(PluginJar.read(jar));
    }
    return sources;
  }

  private static List<Path> list(PluginsFolder folder) {
    if (Files.notExists(folder.path())) {
      throw unusable(folder, "does not exist", null);
    }
    if (!Files.isDirectory(folder.path())) {
      throw unusable(folder, "is not a folder", null);
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.path(), "*.jar")) {
      found.forEach(jars::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw unusable(folder, "cannot be read: " + e, e);
    }
    Collections.sort(jars);
    return jars;
  }

  private static GantryException unusable(
      PluginsFolder folder, String reason, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.BAD_PLUGIN,
        "the plugins folder " + folder.path() + " " + reason,
        "name a folder that can be read with --plugins-dir",
        cause);
  }
}
