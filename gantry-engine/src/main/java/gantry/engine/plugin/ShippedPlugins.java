package gantry.engine.plugin;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.plugin.LoadedPlugin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Finds the plugins on the application's class path, by a resource that each of them has. */
final class ShippedPlugins {
  static final String RESOURCE = "META-INF/gantry/plugin.properties";

  private ShippedPlugins() {}

  /** Sorted by id. */
  static List<PluginSource> find(ClassLoader application) {
    List<PluginSource> found = new ArrayList<>();
    try {
      for (URL url : Collections.list(application.getResources(RESOURCE))) {
        found.add(read(url));
      }
    } catch (IOException e) {
      throw damaged("the class path cannot be searched for plugins: " + e.getMessage(), e);
    }
    found.sort(Comparator.comparing(PluginSource::id));
    return found;
  }

  private static PluginSource read(URL url) {
    try {
      Properties properties = properties(url);
      PluginSource source =
          new PluginSource(
              required(properties, "plugin.id", url),
              required(properties, "plugin.version", url),
              properties.getProperty("plugin.description", ""),
              properties.getProperty("plugin.class"),
              codeSource(url),
              Origin.SHIPPED,
              index(url));
      if (source.extensions().isEmpty()) {
        throw source.unusable(ExtensionIndex.empty());
      }
      return source;
    } catch (IOException | URISyntaxException e) {
      throw damaged("the shipped plugin at " + url + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Properties properties(URL url) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = url.openStream()) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return properties;
  }

  private static String required(Properties properties, String name, URL url) {
    String value = properties.getProperty(name, "").strip();
    if (value.isEmpty()) {
      throw damaged("the shipped plugin at " + url + " has no " + name, null);
    }
    return value;
  }

  /** The index that lies beside the resource, not just any on the class path. */
  private static List<String> index(URL url) throws IOException {
    String root = url.toString().substring(0, url.toString().length() - RESOURCE.length());
    try (InputStream in = URI.create(root + ExtensionIndex.RESOURCE).toURL().openStream()) {
      return ExtensionIndex.read(in);
    }
  }

  /** The jar, or the folder of classes. */
  private static Path codeSource(URL url) throws IOException, URISyntaxException {
    if (url.openConnection() instanceof JarURLConnection jar) {
      return Path.of(jar.getJarFileURL().toURI());
    }
    Path file = Path.of(url.toURI());
    for (int i = 0; i < Path.of(RESOURCE).getNameCount(); i++) {
      Path parent = file.getParent();
      file = parent == null ? file : parent;
    }
    return file;
  }

  private static GantryException damaged(String message, @Nullable Throwable cause) {
    return new GantryException(
        ErrorCode.BAD_PLUGIN, message, "this installation is damaged: install Gantry again", cause);
  }
}
