package gantry.testkit.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to start one server.
 *
 * @param program a name, looked up in {@code PATH} and the system's folders, or an absolute path
 * @param debianPackage the package to name when the program is missing
 * @param arguments without the program
 * @param environment added to the test's own
 * @param logFile where both outputs go; appended to
 */
public record ServerCommand(
    String program,
    String debianPackage,
    List<String> arguments,
    Map<String, String> environment,
    Path logFile) {
  /** Copies the lists. */
  public ServerCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A command without changes to the environment. */
  public ServerCommand(String program, String debianPackage, List<String> arguments, Path logFile) {
    this(program, debianPackage, arguments, Map.of(), logFile);
  }

  /**
   * The program and its arguments.
   *
   * @throws IllegalStateException the program is missing; the message says what to install
   */
  List<String> commandLine() {
    List<String> line = new ArrayList<>();
    line.add(find().toString());
    line.addAll(arguments);
    return line;
  }

  private Path find() {
    Set<String> folders =
        new LinkedHashSet<>(
            List.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)));
    folders.addAll(List.of("/usr/local/sbin", "/usr/sbin", "/sbin")); // not in a user's PATH
    for (String folder : folders) {
      Path candidate = Path.of(folder).resolve(program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        program
            + " is not installed, and this test needs it; looked in "
            + String.join(", ", folders)
            + "\nnext: apt-get install "
            + debianPackage);
  }
}
