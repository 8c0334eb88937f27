package gantry.cli;

import java.util.List;

/**
 * Chooses where log lines go before the first logger is asked for. A short command has none unless
 * asked: loading Logback would cost it a tenth of a second (measured on two cores).
 */
final class Logs {
  private static final String NONE = "org.slf4j.helpers.NOP_FallbackServiceProvider";

  private Logs() {}

  static void choose(List<String> args) {
    System.setProperty("java.util.logging.config.class", QuietLibraries.class.getName());
    boolean verbose = args.contains("-v") || args.contains("--verbose");
    if (verbose) {
      System.setProperty("gantry.log.level", "DEBUG");
    } else if (!args.contains("run")) {
      System.setProperty("slf4j.provider", NONE);
      System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
  }
}
