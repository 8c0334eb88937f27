package gantry.cli;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Nearest;
import gantry.engine.spec.ProjectSpec;

/** Errors about names that are not there. */
final class Unknown {
  private Unknown() {}

  static GantryException component(String name, String where, ProjectSpec spec) {
    return new GantryException(
        ErrorCode.NOT_FOUND,
        where
            + " has no component '"
            + name
            + "'; known components: "
            + String.join(", ", spec.names())
            + Nearest.hint(name, spec.names()));
  }
}
