package gantry.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command that ends by itself soon, and fails loudly when it does not succeed.
 *
 * @param debianPackage where the program comes from, for the message when it is missing
 */
public record ShortCommand(
    String program, String debianPackage, List<String> arguments, Map<String, String> environment) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  ShortCommand(String program, String debianPackage, String... arguments) {
    this(program, debianPackage, List.of(arguments), Map.of());
  }

  /**
   * What it printed to standard output.
   *
   * @throws IllegalStateException the program is missing, failed, or did not end within 60 s
   */
  public String run() {
    try (TempFolder folder = TempFolder.create("command")) {
      Path output = folder.path().resolve("output");
      Path errors = folder.path().resolve("errors");
      Process process = launch(output, errors);
      boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s %s %s:%n%s%s"
                .formatted(
                    program,
                    String.join(" ", arguments),
                    ended ? "ended with code " + process.exitValue() : "did not end",
                    Files.readString(errors, StandardCharsets.UTF_8),
                    printed));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + program, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + program, e);
    }
  }

  private Process launch(Path output, Path errors) throws IOException {
    ServerCommand found = new ServerCommand(program, debianPackage, arguments, output);
    ProcessBuilder builder = new ProcessBuilder(found.commandLine());
    builder.environment().putAll(environment);
    builder.redirectError(errors.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.redirectOutput(output.toFile());
    return builder.start();
  }
}
