package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;

/** Names that the command line gives. */
final class Names {
  private Names() {}

  /** The rule of the configuration holds for names on the command line too. */
  static boolean isName(String name) {
    return gantry.engine.config.Names.mistakeIn(name).isEmpty();
  }

  /** A project's name, which becomes part of keys and container names. */
  static String project(String name) {
    if (isName(name)) {
      return name;
    }
    throw new GantryException(
        ErrorCode.USAGE,
        "PROJECT: expected a name of at most 63 letters, digits, '_', '.' and '-', found '"
            + name
            + "'");
  }
}
