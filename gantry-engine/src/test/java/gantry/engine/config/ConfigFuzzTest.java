package gantry.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the file holds: a project, or an explanation. Every failure names its seed. */
class ConfigFuzzTest {
  private static final int ROUNDS = 2_000;

  /** Pieces that break types, structure and encoding in ways that random bytes rarely do. */
  private static final List<String> PIECES =
      List.of(
          "null",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u0000",
          "-1",
          "1e999",
          "0.5",
          "true",
          "\"\"",
          "\"kind\"",
          "\"name\"",
          "{}",
          "[]",
          "[[[[",
          "{\"a\":",
          "//",
          "\n",
          "99999999999");

  private static final String VALID =
      """
      {"components": [
        {"name": "web", "repo": "my/web", "tag": "v1", "command": ["a", "b"],
         "ports": [{"external": 80, "container": 8888, "kind": "http"}],
         "readyChecks": [{"kind": "http", "port": 8888, "path": "/", "timeout": 700}],
         "readyTimeout": 20000, "environmentVariables": {"A": "b"},
         "update": {"maxParallel": 2, "minHealthy": 1500}},
        {"name": "db", "repo": "my/db", "environmentVariables": [{"name": "A", "value": "b"}]}
      ]}
      """;

  @TempDir private Path folder;
  private final ConfigReader reader = new ConfigReader(TestExtensions.standard());
  private int accepted;

  @Test
  void anyMutationIsReadOrExplained() throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) {
      readMutation(seed);
    }
    // both answers must occur, or the mutations test nothing
    assertThat(accepted).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  private void readMutation(int seed) throws IOException {
    Path file = Files.write(folder.resolve(".gantry"), mutate(new Random(seed)));
    try {
      assertThat(reader.read(file).components()).isNotEmpty();
      accepted++;
    } catch (GantryException e) {
      assertThat(e.code()).as("seed " + seed).isEqualTo(ErrorCode.BAD_CONFIGURATION);
      assertThat(e.text()).as("seed " + seed).contains(".gantry'").doesNotContain("\r");
    } catch (RuntimeException | StackOverflowError e) {
      fail("seed " + seed, e);
    }
  }

  static byte[] mutate(Random random) {
    byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
    int mutations = 1 + random.nextInt(3);
    for (int i = 0; i < mutations; i++) {
      bytes = mutateOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutateOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> replace(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replace(bytes, at, Math.min(bytes.length, at + random.nextInt(30)), new byte[0]);
      case 2 -> replace(bytes, at, at, piece(random));
      case 3 -> replace(bytes, at, Math.min(bytes.length, at + random.nextInt(8)), piece(random));
      default -> replace(bytes, at, at, slice(bytes, random));
    };
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] slice(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(80)));
  }

  private static byte[] replace(byte[] bytes, int from, int to, byte[] with) {
    byte[] result = new byte[Math.max(1, bytes.length - (to - from) + with.length)];
    System.arraycopy(bytes, 0, result, 0, Math.min(from, result.length));
    System.arraycopy(
        with,
        0,
        result,
        Math.min(from, result.length),
        Math.min(with.length, result.length - from));
    int tail = Math.min(bytes.length - to, result.length - from - with.length);
    System.arraycopy(bytes, to, result, from + with.length, Math.max(0, tail));
    return result;
  }
}
