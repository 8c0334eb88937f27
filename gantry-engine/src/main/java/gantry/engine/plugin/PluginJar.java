package gantry.engine.plugin;

import static org.pf4j.ManifestPluginDescriptorFinder.PLUGIN_CLASS;
import static org.pf4j.ManifestPluginDescriptorFinder.PLUGIN_DEPENDENCIES;
import static org.pf4j.ManifestPluginDescriptorFinder.PLUGIN_DESCRIPTION;
import static org.pf4j.ManifestPluginDescriptorFinder.PLUGIN_ID;
import static org.pf4j.ManifestPluginDescriptorFinder.PLUGIN_REQUIRES;
import static org.pf4j.ManifestPluginDescriptorFinder.PLUGIN_VERSION;

import gantry.engine.plugin.LoadedPlugin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** Reads what a dropped-in jar says of itself, and refuses one that says too little. */
final class PluginJar {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final Path path;

  private PluginJar(Path path) {
    this.path = path;
  }

  static PluginSource read(Path path) {
    PluginJar jar = new PluginJar(path);
    try (JarFile file = new JarFile(path.toFile())) {
      return jar.read(file);
    } catch (IOException | SecurityException | IllegalArgumentException e) {
      throw PluginSource.unusable(
          path,
          new PluginFault(
              "it cannot be read as a jar: " + e.getMessage(), "copy or build it again", e));
    }
  }

  private PluginSource read(JarFile file) throws IOException {
    Manifest manifest = file.getManifest();
    Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    String id = required(attributes, PLUGIN_ID, "NAME");
    String version = required(attributes, PLUGIN_VERSION, "1.0.0");
    ApiRequirement.faultIn(attributes.getValue(PLUGIN_REQUIRES)).ifPresent(this::refuse);
    if (!isBlank(attributes.getValue(PLUGIN_DEPENDENCIES))) {
      refuse(
          PluginFault.of(
              "its manifest names " + PLUGIN_DEPENDENCIES + ", and plugins see nothing of others",
              "put what it needs into its own jar and take the attribute out"));
    }
    String description = attributes.getValue(PLUGIN_DESCRIPTION);
    return new PluginSource(
        id,
        version,
        description == null ? "" : description.strip(),
        isBlank(attributes.getValue(PLUGIN_CLASS)) ? null : attributes.getValue(PLUGIN_CLASS),
        path,
        Origin.DROPPED_IN,
        index(file));
  }

  private String required(Attributes attributes, String name, String example) {
    String value = attributes.getValue(name);
    if (isBlank(value)) {
      refuse(
          PluginFault.of(
              "it has no " + name + " in " + MANIFEST,
              "write '" + name + ": " + example + "' there"));
    }
    return String.valueOf(value).strip();
  }

  private List<String> index(JarFile file) throws IOException {
    ZipEntry entry = file.getEntry(ExtensionIndex.RESOURCE);
    if (entry == null) {
      refuse(ExtensionIndex.missing());
      return List.of();
    }
    try (InputStream in = file.getInputStream(entry)) {
      List<String> names = ExtensionIndex.read(in);
      if (names.isEmpty()) {
        refuse(ExtensionIndex.empty());
      }
      return names;
    }
  }

  private void refuse(PluginFault fault) {
    throw PluginSource.unusable(path, fault);
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }
}
