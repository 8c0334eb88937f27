package gantry.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reading of messages, as plain as possible and independent of the scanners: regular
 * expressions over whole strings. What the scanners accept, this must accept with the same end.
 */
final class NaiveHttp {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST = Pattern.compile("[A-Z_-]+ ([!-\"$-~]+) HTTP/1\\.([01])");
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9][0-9])( [\t -~\u0080-\u00ff]*)?");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):[\t ]*([\t -~\u0080-\u00ff]*?)[\t ]*");
  private static final Pattern SIZE =
      Pattern.compile("([0-9A-Fa-f]{1,16})(;[\t -~\u0080-\u00ff]*)?");

  private NaiveHttp() {}

  /** Where a head ends, counted from its first byte, and what it says of its body. */
  record Framed(int length, long body, boolean absolute) {}

  /** Reads a request; throws when it is not one. */
  static Framed request(byte[] bytes) {
    String text = text(bytes);
    int skipped = text.startsWith("\r\n") ? 2 : 0;
    List<String> lines = lines(text.substring(skipped));
    Matcher first = matched(REQUEST, lines.getFirst());
    List<String> hosts = values(lines, "host");
    check(hosts.size() == 1 || (hosts.isEmpty() && first.group(2).equals("0")), "hosts");
    boolean absolute = !first.group(1).matches("/.*|\\*");
    if (absolute) {
      String url = first.group(1).toLowerCase(Locale.ROOT);
      String host = hosts.getFirst().toLowerCase(Locale.ROOT);
      check(url.matches("https?://" + Pattern.quote(host) + "([/?].*)?"), "host of the target");
    }
    int length = skipped + length(lines);
    return new Framed(length, framing(lines), absolute);
  }

  /** Reads an answer to a request whose method is not HEAD. */
  static Framed response(byte[] bytes) {
    List<String> lines = lines(text(bytes));
    int status = Integer.parseInt(matched(STATUS, lines.getFirst()).group(2));
    boolean empty = status < 200 || status == 204 || status == 304;
    long framing = framing(lines);
    boolean silent = values(lines, "content-length").isEmpty() && framing == 0;
    return new Framed(length(lines), empty ? 0 : silent ? Head.UNTIL_CLOSE : framing, false);
  }

  /** Length of a chunked body at the beginning of the bytes. */
  static int body(byte[] bytes) {
    String text = text(bytes);
    int at = 0;
    while (true) {
      int end = text.indexOf("\r\n", at);
      long size = Long.parseLong(matched(SIZE, text.substring(at, end)).group(1), 16);
      at = end + 2;
      if (size == 0) {
        return at + trailer(text.substring(at));
      }
      at = Math.toIntExact(Math.addExact(at, size));
      check(text.startsWith("\r\n", at), "end of a chunk");
      at += 2;
    }
  }

  private static int trailer(String text) {
    if (text.startsWith("\r\n")) {
      return 2;
    }
    List<String> lines = lines(text);
    lines.forEach(line -> matched(FIELD, line));
    lines.addFirst("");
    for (String name : List.of("content-length", "transfer-encoding", "host", "te")) {
      check(values(lines, name).isEmpty(), "trailer " + name);
    }
    return length(lines) - 2;
  }

  /** The lines before the first empty line. */
  private static List<String> lines(String text) {
    int end = text.indexOf("\r\n\r\n");
    check(end >= 0, "an end");
    String head = text.substring(0, end);
    List<String> lines = new ArrayList<>(List.of(head.split("\r\n", -1)));
    lines.forEach(line -> check(line.indexOf('\r') < 0 && line.indexOf('\n') < 0, "line ends"));
    return lines;
  }

  private static int length(List<String> lines) {
    return lines.stream().mapToInt(line -> line.length() + 2).sum() + 2;
  }

  /** Content-Length, 0 without one, or {@link Head#CHUNKED}. */
  private static long framing(List<String> lines) {
    List<String> lengths = values(lines, "content-length");
    List<String> codings = values(lines, "transfer-encoding");
    check(lengths.size() + codings.size() <= 1, "one framing");
    if (!codings.isEmpty()) {
      check(codings.getFirst().equalsIgnoreCase("chunked"), "coding");
      return Head.CHUNKED;
    }
    if (lengths.isEmpty()) {
      return 0;
    }
    check(lengths.getFirst().matches("0|[1-9][0-9]*"), "length");
    return Long.parseLong(lengths.getFirst());
  }

  private static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .skip(1)
        .map(line -> matched(FIELD, line))
        .filter(field -> field.group(1).toLowerCase(Locale.ROOT).equals(name))
        .map(field -> field.group(2))
        .toList();
  }

  private static Matcher matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    check(matcher.matches(), text);
    return matcher;
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("not right: " + what);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
