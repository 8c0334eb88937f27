package gantry.proxy.traffic.server;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * This JVM's class path with folders of classes as jars, as they are shipped. A class in a folder
 * takes a descriptor to load, one in an open jar does not, and that shows when they run out.
 */
final class ShippedClassPath {
  private ShippedClassPath() {}

  /** Makes the jars in this folder; returns the class path without the tests' own classes. */
  static String in(Path folder) {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!Files.isDirectory(path)) {
        entries.add(entry);
      } else if (!path.endsWith("test-classes")) {
        entries.add(jar(path, folder.resolve(entries.size() + ".jar")).toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Path jar(Path classes, Path jar) {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> found = Files.walk(classes)) {
      for (Path one : found.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(one).toString()));
        Files.copy(one, entries);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot put " + classes + " into a jar", e);
    }
  }
}
