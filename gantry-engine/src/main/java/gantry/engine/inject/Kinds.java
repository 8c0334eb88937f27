package gantry.engine.inject;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Nearest;
import java.util.Map;

/** Finds an extension by the word that a user chose it with. */
final class Kinds {
  private Kinds() {}

  static <T> T find(String what, String kind, Map<String, T> known) {
    T factory = known.get(kind);
    if (factory == null) {
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION,
          "unknown "
              + what
              + " '"
              + kind
              + "'; known: "
              + String.join(", ", known.keySet())
              + Nearest.hint(kind, known.keySet()),
          "name one of these with --" + what + ", or add its plugin to the plugins folder",
          null);
    }
    return factory;
  }
}
