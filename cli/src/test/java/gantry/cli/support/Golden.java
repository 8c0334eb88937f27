package gantry.cli.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compares whole outputs with files below {@code src/test/resources/golden}. What differs from run
 * to run is given a stable name of the same width: ids of containers and images become 000000000001
 * and so on, in order of appearance. {@code -Dgolden.update=true} writes the files instead.
 */
public final class Golden {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final Pattern BRIEF_ID = Pattern.compile("\\b[0-9a-f]{12}\\b");

  private static final Pattern REGISTRY = Pattern.compile("127\\.0\\.0\\.1:\\d+");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern REPO_NUMBER = Pattern.compile("(?<=shop/web)\\d+");
  private static final Pattern CONTAINER_ADDRESS = Pattern.compile("http://(?!127\\.)[0-9.]+:");
  private static final int COLUMN_WIDTH = 20;

  private Golden() {}

  /** Fails unless the output is that of the golden file. */
  public static void assertMatches(String name, String output) {
    Path file = FOLDER.resolve(name);
    String actual = normalised(output);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertThat(actual).as("golden file %s", file).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("no golden file; actual output:\n" + actual, e);
    }
  }

  static String normalised(String output) {
    String text = REGISTRY.matcher(output).replaceAll("REGISTRY");
    text = REPO_NUMBER.matcher(DIGEST.matcher(text).replaceAll("DIGEST")).replaceAll("");
    text = CONTAINER_ADDRESS.matcher(text).replaceAll("http://CONTAINER:");
    text = withoutHost(text);
    Map<String, String> ids = new HashMap<>();
    return BRIEF_ID
        .matcher(text)
        .replaceAll(id -> ids.computeIfAbsent(id.group(), i -> "%012d".formatted(ids.size() + 1)));
  }

  /** The host's name, and its column, which is as wide as the name when that is long. */
  private static String withoutHost(String text) {
    String padded = "HOST" + " ".repeat(COLUMN_WIDTH - 4 + 1);
    String host = Pattern.quote(hostName());
    return text.replaceAll("\\b(HOST|" + host + ") +", padded).replaceAll(host, "HOST");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      throw new UncheckedIOException("this machine does not know its name", e);
    }
  }
}
