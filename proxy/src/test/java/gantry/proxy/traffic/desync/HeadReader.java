package gantry.proxy.traffic.desync;

import gantry.proxy.traffic.desync.Dialect.Folds;
import gantry.proxy.traffic.desync.Dialect.Names;
import gantry.proxy.traffic.desync.Head.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads heads and trailers by one dialect. */
final class HeadReader {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([!-~]+) HTTP/1\\.([0-9])");
  private static final Pattern FORMS = Pattern.compile("/.*|https?://[^/?#@]+([/?].*)?");
  private static final Pattern NAME = Pattern.compile(TOKEN);
  private static final Pattern VALUE = Pattern.compile("[\t -~\u0080-\u00ff]*");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~%!$&'()*+;=-]*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]*)?");

  private final Dialect dialect;

  HeadReader(Dialect dialect) {
    this.dialect = dialect;
  }

  private boolean isStrict() {
    return dialect.names() == Names.STRICT;
  }

  /** The next head; null when there is none in full. */
  @Nullable Head next(Lines lines) throws RefusedBytes {
    String line = lines.next();
    while (line != null && line.isEmpty()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    return isStrict() ? strict(line, lines) : lenient(line, lines);
  }

  private @Nullable Head strict(String line, Lines lines) throws RefusedBytes {
    Matcher request = REQUEST_LINE.matcher(line);
    if (!request.matches()) {
      throw new RefusedBytes("request line");
    }
    String method = request.group(1);
    String target = request.group(2);
    if (!isForm(method, target)) {
      throw new RefusedBytes("form of the target");
    }
    List<Field> fields = fields(lines);
    if (fields == null) {
      return null;
    }
    Head head = new Head(method, target, Integer.parseInt(request.group(3)), fields);
    checkHost(head);
    return head;
  }

  private static boolean isForm(String method, String target) {
    if (method.equals("CONNECT")) {
      return target.matches("[^/?#@]+:[0-9]+");
    }
    boolean all = method.equals("OPTIONS") && target.equals("*");
    return (all || FORMS.matcher(target).matches()) && target.indexOf('#') < 0;
  }

  private static void checkHost(Head head) throws RefusedBytes {
    List<String> hosts = head.values("host");
    if (hosts.size() > 1 || (hosts.isEmpty() && head.minor() > 0)) {
      throw new RefusedBytes(hosts.size() + " Host fields");
    }
    if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
      throw new RefusedBytes("value of Host");
    }
  }

  private @Nullable Head lenient(String line, Lines lines) throws RefusedBytes {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length < 2) {
      return null;
    }
    if (words.length == 2) {
      return new Head(words[0], words[1], Head.BEFORE_1_0, List.of());
    }
    List<Field> fields = fields(lines);
    int minor = words[words.length - 1].equalsIgnoreCase("HTTP/1.0") ? 0 : 1;
    return fields == null ? null : new Head(words[0], words[1], minor, fields);
  }

  /** The fields up to the empty line; null when it has not come. */
  @Nullable List<Field> fields(Lines lines) throws RefusedBytes {
    List<Field> fields = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isEmpty()) {
        return fields;
      }
      boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      if (folded && dialect.folds() != Folds.A_FIELD) {
        join(fields, line);
      } else {
        fields.add(field(line));
      }
    }
    return null;
  }

  private void join(List<Field> fields, String line) throws RefusedBytes {
    if (dialect.folds() == Folds.REFUSED) {
      throw new RefusedBytes("folded line");
    }
    if (!fields.isEmpty()) {
      Field last = fields.removeLast();
      fields.add(new Field(last.name(), (last.value() + " " + line.strip()).strip()));
    }
  }

  private Field field(String line) throws RefusedBytes {
    int colon = line.indexOf(':');
    String name = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (dialect.names() == Names.STRICT) {
      checkField(colon, name, value);
    }
    String known = dialect.names() == Names.TRIMMED ? name.strip() : name;
    return new Field(known.toLowerCase(Locale.ROOT), trimmed(value));
  }

  private static void checkField(int colon, String name, String value) throws RefusedBytes {
    if (colon < 0 || !NAME.matcher(name).matches()) {
      throw new RefusedBytes("name of a field");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new RefusedBytes("value of a field");
    }
  }

  /** Only a lenient server takes other blanks than these two for blanks. */
  private String trimmed(String value) {
    return isStrict() ? value.replaceAll("^[ \t]+|[ \t]+$", "") : value.strip();
  }
}
