package gantry.proxy.traffic.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the cases from {@code requests.txt}; how it is written stands at its head. */
final class CaseTable {
  private static final String FILE = "/gantry/proxy/traffic/requests.txt";
  private static final byte[] SENTINEL =
      ("GET " + Case.SENTINEL + " HTTP/1.1\r\nHost: sentinel\r\nConnection: close\r\n\r\n")
          .getBytes(ISO_8859_1);

  private String family = "none";
  private final List<Case> cases = new ArrayList<>();

  private CaseTable() {}

  /** All cases, in the order of the file. */
  static List<Case> all() throws IOException {
    CaseTable table = new CaseTable();
    try (InputStream file = Objects.requireNonNull(CaseTable.class.getResourceAsStream(FILE))) {
      new String(file.readAllBytes(), UTF_8).lines().forEach(table::line);
    }
    return List.copyOf(table.cases);
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("== ")) {
      family = line.substring(3, line.indexOf(':'));
      return;
    }
    int bar = line.indexOf(" | ");
    if (bar < 0) {
      throw new IllegalArgumentException("expected '+ name | bytes' or '- name | bytes': " + line);
    }
    String name = line.substring(2, bar);
    cases.add(new Case(family, name, line.charAt(0) == '+', bytes(line.substring(bar + 3))));
  }

  private static String bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean ends = text.endsWith("\\z");
    unescape(ends ? text.substring(0, text.length() - 2) : text, bytes);
    if (!ends) {
      bytes.writeBytes(SENTINEL);
    }
    return bytes.toString(ISO_8859_1);
  }

  private static void unescape(String text, ByteArrayOutputStream bytes) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      at += c == '\\' ? escape(text, at + 1, bytes) : plain(c, bytes);
    }
  }

  private static int plain(char c, ByteArrayOutputStream bytes) {
    bytes.write(c);
    return 1;
  }

  /** Writes what an escape stands for; returns its length with the backslash. */
  private static int escape(String text, int at, ByteArrayOutputStream bytes) {
    switch (text.charAt(at)) {
      case 'r' -> bytes.write('\r');
      case 'n' -> bytes.write('\n');
      case 't' -> bytes.write('\t');
      case '\\' -> bytes.write('\\');
      case 'x' -> {
        bytes.write(Integer.parseInt(text, at + 1, at + 3, 16));
        return 4;
      }
      case '{' -> {
        return repeat(text, at, bytes);
      }
      default -> throw new IllegalArgumentException("unknown escape in " + text.substring(at - 1));
    }
    return 2;
  }

  private static int repeat(String text, int at, ByteArrayOutputStream bytes) {
    int colon = text.indexOf(':', at);
    int end = text.indexOf('}', at);
    int times = Integer.parseInt(text, at + 1, colon, 10);
    for (int i = 0; i < times; i++) {
      // A repeated text may hold a colon of its own: only the first one counts.
      unescape(text.substring(colon + 1, end), bytes);
    }
    return end - at + 2;
  }
}
