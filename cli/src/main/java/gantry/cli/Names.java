package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;

/** Names that the command line gives. */
final class Names {
  private Names() {}

  /** A project's name, which becomes part of keys and container names. */
  static String project(String name) {
    if (name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}")) {
      return name;
    }
    throw new GantryException(
        ErrorCode.USAGE,
        "PROJECT: expected a name of at most 63 letters, digits, '_', '.' and '-', found '"
            + name
            + "'");
  }
}
