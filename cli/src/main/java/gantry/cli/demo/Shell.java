package gantry.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs what the story shows as typed, by a shell, and shows what it answers. */
final class Shell {
  private final Workspace workspace;
  private final Story story;

  Shell(Workspace workspace, Story story) {
    this.workspace = workspace;
    this.story = story;
  }

  /** What a command answered, on both streams. */
  record Answer(int exitCode, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }
  }

  /** Runs a command that must succeed. */
  Answer run(String command) throws IOException, InterruptedException, BrokenPromiseException {
    Answer answer = attempt(command);
    if (answer.exitCode() != 0) {
      throw new BrokenPromiseException(
          "'" + command + "' ended with code " + answer.exitCode() + ": " + answer.text());
    }
    return answer;
  }

  /** Runs a command and returns when it has ended. */
  Answer attempt(String command) throws IOException, InterruptedException {
    story.command(command);
    Process process = workspace.process(List.of("sh", "-c", command)).start();
    process.getOutputStream().close();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        story.answer(line);
      }
    }
    return new Answer(process.waitFor(), List.copyOf(lines));
  }
}
