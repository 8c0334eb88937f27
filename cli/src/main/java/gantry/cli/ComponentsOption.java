package gantry.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The components that a command is about. */
final class ComponentsOption {
  @Option(
      names = {"-c", "--component"},
      arity = "1..*",
      required = true,
      paramLabel = "COMPONENT",
      description = "Names of components.")
  List<String> names = List.of();

  /** Each name once, in the order given. */
  List<String> distinct() {
    return names.stream().distinct().toList();
  }
}
