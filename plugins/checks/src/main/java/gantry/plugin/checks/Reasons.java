package gantry.plugin.checks;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Words for what went wrong on the network: one line without a full stop, with the address. */
final class Reasons {
  private static final int MAX_QUOTE_CHARS = 80;

  private Reasons() {}

  /**
   * Why an exchange with an address failed.
   *
   * @param failure what was thrown while the connection was in use
   */
  static String of(IOException failure, TimedConnection connection, Attempt attempt) {
    if (Thread.currentThread().isInterrupted()) {
      return "the check of " + attempt.address() + " was interrupted";
    }
    if (connection.expired()) {
      return attempt.answered()
          ? "the answer of " + attempt.address() + " did not end within " + text(attempt.timeout())
          : "no answer from " + attempt.address() + " within " + text(attempt.timeout());
    }
    return of(failure, attempt.address());
  }

  private static String of(IOException failure, String address) {
    return switch (failure) {
      case BadAnswerException e -> e.reason();
      case UnknownHostException e -> "the host name of " + address + " is not known";
      case ConnectException e when says(e, "refused") -> "connection refused by " + address;
      case SSLException e -> "TLS with " + address + " failed: " + quote(words(e));
      case IOException e when says(e, "reset") -> "connection reset by " + address;
      case IOException e -> "cannot talk to " + address + ": " + quote(words(e));
    };
  }

  /** A duration as a human writes it: {@code 5 s}, {@code 1.5 s}, {@code 300 ms}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1000
        ? millis + " ms"
        : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
  }

  /** Foreign text made fit for a message: one line, not long, no full stop at its end. */
  static String quote(String foreign) {
    String line = foreign.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    String brief =
        line.length() > MAX_QUOTE_CHARS ? line.substring(0, MAX_QUOTE_CHARS - 3) + ".." : line;
    return brief.replaceAll("\\.+$", "");
  }

  private static boolean says(IOException failure, String word) {
    return words(failure).toLowerCase(Locale.ROOT).contains(word);
  }

  private static String words(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /**
   * What was tried.
   *
   * @param address a URL, or a host and port
   * @param answered whether an answer had begun
   */
  record Attempt(String address, Duration timeout, boolean answered) {}
}
