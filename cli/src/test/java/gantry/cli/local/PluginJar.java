package gantry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import gantry.cli.support.Distribution;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.pf4j.processor.ExtensionAnnotationProcessor;

/** A plugin that is compiled against the distribution's jars, as its author would, and packed. */
final class PluginJar {
  private final Path work;
  private final Manifest manifest = new Manifest();

  PluginJar(Path work, String id) throws IOException {
    this.work = Files.createDirectories(work);
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    with("Plugin-Id", id).with("Plugin-Version", "1.0.0").with("Plugin-Requires", "1.0");
  }

  /** Sets an attribute of the manifest. */
  @CanIgnoreReturnValue
  PluginJar with(String attribute, String value) {
    manifest.getMainAttributes().putValue(attribute, value);
    return this;
  }

  @CanIgnoreReturnValue
  PluginJar source(String className, String text) {
    LocalRig.write(work.resolve("src").resolve(className.replace('.', '/') + ".java"), text);
    return this;
  }

  /** Compiles all sources and packs them. */
  void pack(Path jar) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    compile(classes);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      for (Path file : files(classes)) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    }
  }

  private void compile(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String libraries =
        files(Distribution.home().resolve("lib")).stream()
            .map(Path::toString)
            .filter(name -> name.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> options = List.of("-d", classes.toString(), "-classpath", libraries, "-proc:full");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              messages,
              files,
              null,
              options,
              null,
              files.getJavaFileObjectsFromPaths(files(work.resolve("src"))));
      task.setProcessors(List.of(new ExtensionAnnotationProcessor()));
      assertThat(task.call()).as(messages.toString()).isTrue();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
