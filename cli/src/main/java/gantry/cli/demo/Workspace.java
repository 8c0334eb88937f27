package gantry.cli.demo;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder for one run of the demo: configuration, sample, state folders of all machines. Every
 * process that is started for it carries a mark in its environment, by which {@link Leftovers}
 * finds it again.
 */
final class Workspace {
  private static final String MARK = "GANTRY_DEMO";
  private static final int DELETE_TRIES = 20;

  private final Path home;
  private final Path folder;

  private Workspace(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  /** An empty one. */
  static Workspace create(Path home) {
    try {
      return new Workspace(home, Files.createTempDirectory("gantry-demo-").toRealPath());
    } catch (IOException e) {
      throw unusable("a temporary folder", e);
    }
  }

  Path folder() {
    return folder;
  }

  /** What the environment of every process of this run contains. */
  String mark() {
    return MARK + "=" + folder;
  }

  /** Puts in place what a project has: its configuration, and a folder that is its image. */
  void fill(int port) {
    try {
      Files.writeString(folder.resolve(".gantry"), configuration(port));
      Files.createDirectory(folder.resolve("web"));
    } catch (IOException e) {
      throw unusable(folder.toString(), e);
    }
  }

  private String configuration(int port) {
    return """
      { "components": [ {
          "name": "web",
          "repo": "./web",
          "ports": [ { "external": %d, "container": 8080 } ],
          "readyChecks": [ { "kind": "http", "port": 8080 } ],
          "readyTimeout": 8000,
          "environmentVariables": { "%s": "%s" }
      } ] }
      """
        .formatted(port, MARK, folder);
  }

  /** A process that runs here, with the installation's programs on its path. */
  ProcessBuilder process(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    // What the user has set for his own fleet must not reach this one.
    environment.keySet().removeIf(name -> name.startsWith("GANTRY_") || name.equals("DOCKER_HOST"));
    environment.merge("PATH", "", (path, none) -> home.resolve("bin") + ":" + path);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("GANTRY_JAVA_HOME", System.getProperty("java.home"));
    environment.put("GANTRY_COORDINATOR", "local");
    environment.put("GANTRY_COORDINATOR_DIR", "coordinator");
    environment.put("GANTRY_DRIVER", "process");
    environment.put("GANTRY_HOME", "operator");
    environment.put(MARK, folder.toString());
    return builder;
  }

  Path sample() {
    return home.resolve("demo");
  }

  /** Removes it; whoever is just ending may still write for a moment. */
  void delete() throws InterruptedException {
    for (int i = 1; ; i++) {
      try {
        deleteOnce();
        return;
      } catch (IOException e) {
        if (i == DELETE_TRIES) {
          throw unusable(folder.toString(), e);
        }
        Thread.sleep(50);
      }
    }
  }

  private void deleteOnce() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all.reversed()) {
      // The process driver takes write permission from images.
      if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
        boolean writable = path.toFile().setWritable(true);
        assert writable || !Files.exists(path);
      }
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  private static GantryException unusable(String what, IOException e) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION, "the demo cannot use " + what + ": " + e, e);
  }
}
