package gantry.plugin.driver.process;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out what to run, before anything is started. */
final class Command {
  /** The image's own command. */
  private static final String RUN = "run";

  private Command() {}

  /** The container's command, or the image's, with the program as an absolute path. */
  static List<String> of(ContainerRecord record, Path image) {
    if (record.command().isEmpty()) {
      return List.of(image(record, image).toString());
    }
    List<String> command = new ArrayList<>(record.command());
    command.set(0, program(record, image, command.getFirst()).toString());
    return command;
  }

  private static Path image(ContainerRecord record, Path image) {
    Path run = image.resolve(RUN);
    if (!isProgram(run)) {
      throw new GantryException(
          ErrorCode.ENGINE_REFUSED,
          "image " + record.repo() + ":" + record.tag() + " has no executable file 'run'",
          "add one to the folder, or configure a command",
          null);
    }
    return run;
  }

  private static Path program(ContainerRecord record, Path image, String name) {
    if (name.contains("/")) {
      Path program = image.resolve(name).normalize();
      if (isProgram(program)) {
        return program;
      }
      throw Failures.refused(
          "container " + record.name() + ": " + program + " is not an executable file");
    }
    String path = ProcessEnvironment.path(record);
    for (String folder : path.split(":", -1)) {
      Path program = image.resolve(folder).resolve(name);
      if (isProgram(program)) {
        return program;
      }
    }
    throw Failures.refused(
        "container " + record.name() + ": no program '" + name + "' on the path " + path);
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
