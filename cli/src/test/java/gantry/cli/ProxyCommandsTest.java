package gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyCommandsTest {
  @TempDir Path folder;

  @Test
  void aLimitOutOfBoundsIsAMistakeInTheCommandLine() {
    Said.gantry("proxy", "connections", "--list", "--limit", "0", "--state-dir", folder.toString())
        .fails(2, "--limit: expected 1 to 10000, found 0");
  }

  @Test
  void anUnknownCommandSuggestsTheNearest() {
    Said said = Said.gantry("proxy", "statsu");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("did you mean 'status'?").contains("gantry proxy --help");
  }
}
