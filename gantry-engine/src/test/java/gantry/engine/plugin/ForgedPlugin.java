package gantry.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;
import org.pf4j.processor.ExtensionAnnotationProcessor;
import org.slf4j.Logger;

/** A plugin that is compiled and packed while a test runs. */
final class ForgedPlugin {
  private final Path work;
  private final Manifest manifest = new Manifest();
  private final List<Path> sources = new ArrayList<>();
  private boolean index = true;

  /** Has a complete manifest and no class. */
  ForgedPlugin(Path work, String id) throws IOException {
    this.work = Files.createDirectories(work.resolve("forge-" + id));
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest("Plugin-Id", id)
        .manifest("Plugin-Version", "1.2.3")
        .manifest("Plugin-Requires", "1.0");
  }

  /** Sets an attribute, or takes it out. */
  ForgedPlugin manifest(String name, @Nullable String value) {
    if (value == null) {
      manifest.getMainAttributes().remove(new Attributes.Name(name));
    } else {
      manifest.getMainAttributes().putValue(name, value);
    }
    return this;
  }

  /** Adds a class; the package comes from the name. */
  ForgedPlugin source(String className, String body) throws IOException {
    Path file = work.resolve("src").resolve(className.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    String name = className.substring(0, className.lastIndexOf('.'));
    Files.writeString(file, "package " + name + ";\n" + body);
    sources.add(file);
    return this;
  }

  /** Adds a health check factory whose class has a further body, such as a constructor. */
  ForgedPlugin check(String className, String kind, String body) throws IOException {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return source(
        className,
        """
        import gantry.api.*;
        import gantry.api.check.*;
        @org.pf4j.Extension
        public class %s implements HealthCheckFactory {
          %s
          public String kind() { return %s; }
          public HealthCheck create(Fields fields) { return null; }
        }
        """
            .formatted(simple, body, kind));
  }

  ForgedPlugin check(String className, String kind) throws IOException {
    return check(className, "\"" + kind + "\"", "");
  }

  /** Does not run the annotation processor, as javac does by default since JDK 23. */
  ForgedPlugin withoutIndex() {
    index = false;
    return this;
  }

  /** Compiles into a folder, from where a test can take classes away or change them. */
  Path classes() throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-classpath",
            classPath() + java.io.File.pathSeparator + classes,
            "-proc:" + (index ? "full" : "none"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(index ? List.of(new ExtensionAnnotationProcessor()) : List.of());
      assertThat(task.call()).as(messages.toString()).isTrue();
    }
    return classes;
  }

  /** Compiles and packs. */
  Path jar(Path folder, String name) throws IOException {
    return pack(classes(), folder, name);
  }

  /** Packs a folder as it is now. */
  Path pack(Path classes, Path folder, String name) throws IOException {
    Path jar = Files.createDirectories(folder).resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    }
    return jar;
  }

  /** Makes a folder for the class path of it, as the build of a shipped plugin does. */
  Path shipped(String id) throws IOException {
    Path classes = classes();
    Path properties = classes.resolve(ShippedPlugins.RESOURCE);
    Files.createDirectories(properties.getParent());
    Files.writeString(
        properties,
        "plugin.id=" + id + "\nplugin.version=0.1.0\nplugin.description=Für Tests\n",
        StandardCharsets.UTF_8);
    return classes;
  }

  private static String classPath() {
    return Stream.of(gantry.api.Fields.class, ExtensionPoint.class, NullMarked.class, Logger.class)
        .map(ForgedPlugin::origin)
        .map(Path::toString)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
