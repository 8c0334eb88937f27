package gantry.proxy.metrics;

import java.math.BigDecimal;

/**
 * Writes figures in the text format of Prometheus, version 0.0.4. The caller keeps the samples of
 * one family together, as the format wants. Not thread-safe.
 */
public final class Exposition {
  /** What an answer in this format says of itself. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final int FIRST_CHARS = 8192;

  private final StringBuilder text = new StringBuilder(FIRST_CHARS);

  /** Begins a family. */
  public void family(String name, FigureType type, String help) {
    text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type.word()).append('\n');
  }

  /**
   * One whole number.
   *
   * @param labels names and values in turn
   */
  public void sample(String name, long value, String... labels) {
    head(name, labels);
    text.append(value).append('\n');
  }

  /** One number of seconds. */
  public void seconds(String name, long nanos, String... labels) {
    head(name, labels);
    text.append(seconds(nanos)).append('\n');
  }

  /** Seconds as a decimal number without superfluous digits. */
  static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }

  /** All that was written. */
  @Override
  public String toString() {
    return text.toString();
  }

  private void head(String name, String... labels) {
    text.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',');
      text.append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
    }
    text.append(labels.length == 0 ? " " : "} ");
  }

  /** A quotation mark needs no backslash in a help text, but may have one. */
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
