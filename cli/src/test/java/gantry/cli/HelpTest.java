package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.cli.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  static Stream<List<String>> commands() {
    return Stream.concat(words(new GantryCommand()), words(new GantrydCommand()));
  }

  private static Stream<List<String>> words(Object top) {
    CommandLine line = Cli.commandLine(top);
    return words(List.of(line.getCommandName()), line);
  }

  private static Stream<List<String>> words(List<String> before, CommandLine line) {
    return Stream.concat(
        Stream.of(before),
        line.getSubcommands().entrySet().stream()
            .flatMap(
                sub -> {
                  List<String> words = new ArrayList<>(before);
                  words.add(sub.getKey());
                  return words(words, sub.getValue());
                }));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(List<String> words) {
    List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
    arguments.add("--help");
    String[] line = arguments.toArray(String[]::new);
    Said said = words.get(0).equals("gantry") ? Said.gantry(line) : Said.gantryd(line);
    assertThat(said.exitCode()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith("Usage: " + String.join(" ", words));
    assertThat(said.out().lines()).allMatch(text -> text.length() <= 80);
    Golden.assertSame("help/" + String.join("-", words), said.out());
  }

  @Test
  void everyGoldenBelongsToACommand() throws IOException {
    List<String> known = commands().map(words -> String.join("-", words) + ".txt").toList();
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "golden", "help"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandSaysItsVersion(List<String> words) {
    List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
    arguments.add("--version");
    String[] line = arguments.toArray(String[]::new);
    Said said = words.get(0).equals("gantry") ? Said.gantry(line) : Said.gantryd(line);
    assertThat(said.exitCode()).isZero();
    assertThat(said.out()).startsWith("gantry ");
  }

  @Test
  void aCommandAloneShowsTheCommands() {
    Said said = Said.gantry();
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("gantry --help");
  }
}
