package gantry.proxy.traffic.desync;

import gantry.proxy.traffic.desync.Dialect.Lengths;
import java.util.List;

/** Numbers as strict and as careless servers read them. */
final class Numbers {
  private Numbers() {}

  /** The length of a body; the careless ones let it overflow, or take none for 0. */
  static long length(List<String> values, Lengths rule) throws RefusedBytes {
    return switch (rule) {
      case ONE_NUMBER -> strict(values);
      case FIRST -> Math.max(0, leadingDecimal(values.getFirst()));
      case LAST -> Math.max(0, leadingDecimal(lastOf(values.getLast())));
    };
  }

  private static String lastOf(String list) {
    return list.substring(list.lastIndexOf(',') + 1);
  }

  private static long strict(List<String> values) throws RefusedBytes {
    String value = values.getFirst();
    if (values.size() > 1 || !value.matches("0*[0-9]{1,18}")) {
      throw new RefusedBytes("Content-Length: " + String.join(" and ", values));
    }
    return Long.parseLong(value);
  }

  private static long leadingDecimal(String text) {
    String digits = text.strip();
    long number = 0;
    int at = digits.startsWith("+") ? 1 : 0;
    for (; at < digits.length() && isDigit(digits.charAt(at)); at++) {
      number = number * 10 + (digits.charAt(at) - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * The hexadecimal digits that a line begins with; 0 when there are none, or when they overflow
   * into the sign.
   *
   * @param scanned as C's {@code strtol} does it: with blanks, a sign and 0x before the digits
   */
  static long leadingHex(String line, boolean scanned) {
    String digits = scanned ? line.strip().replaceFirst("^\\+?(0[xX])?", "") : line;
    long number = 0;
    for (int at = 0; at < digits.length() && hex(digits.charAt(at)) >= 0; at++) {
      number = (number << 4) + hex(digits.charAt(at));
    }
    return Math.max(0, number);
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
