package gantry.proxy.traffic.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares how a proxy split a client's bytes with how servers split what the proxy made of them.
 * Each proxy adds one field to each request that it forwards, so that their number tells how many
 * it believes to have forwarded.
 */
final class Judge {
  /** The field that all contenders add. */
  private static final Pattern MARK =
      Pattern.compile("^x-forwarded-for:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final DialectReader STRICT = new DialectReader(Dialect.STRICT);

  private Judge() {}

  /**
   * The verdict on one case.
   *
   * @param recordings the bytes of each of the proxy's connections to the backend
   */
  static Verdict judge(Case sent, Answers answers, List<byte[]> recordings) {
    return disagreement(recordings)
        .map(reason -> new Verdict(sent, Outcome.DISAGREEMENT, reason))
        .or(() -> malformed(recordings).map(r -> new Verdict(sent, Outcome.MALFORMED, r)))
        .orElseGet(() -> harmless(sent, answers, recordings));
  }

  private static Optional<String> disagreement(List<byte[]> recordings) {
    for (byte[] recording : recordings) {
      int marks = marks(recording);
      for (Dialect dialect : Dialect.LENIENT) {
        Reading reading = new DialectReader(dialect).read(recording);
        if (reading.requests().size() != marks || reading.leftover()) {
          return Optional.of(
              "the proxy forwarded %d, a server that is '%s' reads %s: %s"
                  .formatted(marks, dialect.name(), reading, excerpt(recording)));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> malformed(List<byte[]> recordings) {
    return recordings.stream()
        .filter(recording -> STRICT.read(recording).refusal() != null)
        .findFirst()
        .map(recording -> STRICT.read(recording).refusal() + ": " + excerpt(recording));
  }

  private static Verdict harmless(Case sent, Answers answers, List<byte[]> recordings) {
    Reading meant = STRICT.read(sent.bytes());
    List<String> complete =
        meant.requests().stream()
            .filter(Reading.Request::complete)
            .map(request -> path(request.target()))
            .toList();
    List<String> answered = answers.recorded().stream().map(Judge::path).toList();
    int forwarded = recordings.stream().mapToInt(Judge::marks).sum();
    if (!isBeginning(answered, complete) || forwarded > meant.requests().size()) {
      return new Verdict(
          sent, Outcome.REPAIRED, "answered " + answered + " where a strict server sees " + meant);
    }
    boolean all = meant.refusal() == null && forwarded == meant.requests().size();
    return new Verdict(sent, all ? Outcome.FORWARDED : Outcome.REFUSED, own(answers));
  }

  private static String own(Answers answers) {
    return answers.own().isEmpty() ? "" : "the proxy answered " + answers.own();
  }

  private static boolean isBeginning(List<String> part, List<String> whole) {
    return part.size() <= whole.size() && whole.subList(0, part.size()).equals(part);
  }

  /** A proxy may turn http://host/path into /path. */
  private static String path(String target) {
    String path = target.replaceFirst("^https?://[^/]*", "");
    return path.isEmpty() ? "/" : path;
  }

  private static int marks(byte[] recording) {
    return (int) MARK.matcher(new String(recording, ISO_8859_1)).results().count();
  }

  private static String excerpt(byte[] recording) {
    String text = new String(recording, 0, Math.min(300, recording.length), ISO_8859_1);
    return text.replace("\r", "\\r").replace("\n", "\\n").replaceAll("[^ -~]", "?");
  }
}
