package gantry.proxy.traffic.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client got.
 *
 * @param recorded targets of the requests that the backend answered, in order of arrival
 * @param own statuses of the proxy's own answers
 * @param closed whether the proxy ended the connection, rather than leaving the client waiting
 */
record Answers(List<String> recorded, List<Integer> own, boolean closed) {
  private static final Pattern HEAD =
      Pattern.compile("HTTP/1\\.[01] ([0-9]{3})[^\r\n]*\r\n(.*?\r\n)??\r\n", Pattern.DOTALL);
  private static final Pattern TARGET = field(Recording.TARGET_FIELD, "(\\S*)");
  private static final Pattern LENGTH = field("Content-Length", "([0-9]+)");
  private static final Pattern CHUNKED = field("Transfer-Encoding", "(chunked)");

  private static Pattern field(String name, String value) {
    return Pattern.compile(
        "^" + name + ":[ \t]*" + value, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }

  /** Splits the bytes of a connection into answers; proxies and the backend write them well. */
  static Answers of(byte[] bytes, boolean closed) throws RefusedBytes {
    String text = new String(bytes, ISO_8859_1);
    List<String> recorded = new ArrayList<>();
    List<Integer> own = new ArrayList<>();
    Matcher head = HEAD.matcher(text);
    int at = 0;
    while (head.find(at) && head.start() == at) {
      int status = Integer.parseInt(head.group(1));
      Matcher target = TARGET.matcher(head.group());
      if (target.find()) {
        recorded.add(target.group(1));
      } else if (status >= 200) {
        own.add(status);
      }
      at = bodyEnd(bytes, head, status);
    }
    return new Answers(List.copyOf(recorded), List.copyOf(own), closed);
  }

  private static int bodyEnd(byte[] bytes, Matcher head, int status) throws RefusedBytes {
    if (status < 200) {
      return head.end();
    }
    Matcher length = LENGTH.matcher(head.group());
    if (length.find()) {
      return Math.min(bytes.length, head.end() + Integer.parseInt(length.group(1)));
    }
    if (!CHUNKED.matcher(head.group()).find()) {
      return bytes.length;
    }
    Lines lines = new Lines(bytes, Dialect.STRICT.lineEnds());
    lines.goTo(head.end());
    new ChunkReader(Dialect.STRICT, new HeadReader(Dialect.STRICT)).skip(lines);
    return lines.place();
  }
}
