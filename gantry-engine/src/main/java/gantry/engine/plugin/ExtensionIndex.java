package gantry.engine.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The list of extension classes that PF4J's annotation processor leaves in a jar. */
final class ExtensionIndex {
  static final String RESOURCE = "META-INF/extensions.idx";

  /** Some hundred class names. */
  private static final int LIMIT_BYTES = 64 * 1024;

  private static final String CURE =
      "annotate the extension classes with @Extension and compile them with PF4J as annotation"
          + " processor (since JDK 23 javac runs none without -proc:full)";

  private ExtensionIndex() {}

  /** Class names, in the order of the index, each once; comments and blanks are left out. */
  static List<String> read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LIMIT_BYTES + 1);
    if (bytes.length > LIMIT_BYTES) {
      throw new IOException(RESOURCE + " is larger than " + LIMIT_BYTES + " bytes");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .distinct()
          .toList();
    }
  }

  static PluginFault missing() {
    return PluginFault.of("it has no " + RESOURCE + ", so it adds no extension", CURE);
  }

  static PluginFault empty() {
    return PluginFault.of("its " + RESOURCE + " is empty, so it adds no extension", CURE);
  }
}
