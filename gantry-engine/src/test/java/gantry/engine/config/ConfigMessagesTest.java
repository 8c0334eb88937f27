package gantry.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong file beside its golden message. The files' names say what is wrong with them. */
class ConfigMessagesTest {
  @TempDir private Path folder;

  static Stream<String> wrongFiles() throws IOException {
    try (Stream<Path> files = Files.list(Golden.folder("config"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void tellsEveryMistake(String name) throws IOException {
    byte[] content = Files.readAllBytes(Golden.folder("config").resolve(name + ".json"));
    Golden.assertSame("config", name, messageFor(content));
  }

  private String messageFor(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(".gantry"), content);
    ConfigReader reader = new ConfigReader(TestExtensions.standard());
    GantryException e = catchThrowableOfType(GantryException.class, () -> reader.read(file));
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
    return (e.text() + "\nnext: " + e.next().orElse("-")).replace(folder + "/", "");
  }
}
