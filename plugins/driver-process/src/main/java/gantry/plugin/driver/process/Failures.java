package gantry.plugin.driver.process;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.file.Path;

/** Errors in the driver's words. */
final class Failures {
  private Failures() {}

  /** The state folder cannot be used: nothing is known about containers. */
  static GantryException unusable(Path path, IOException cause) {
    return new GantryException(
        ErrorCode.ENGINE_UNREACHABLE,
        "cannot use " + path + ": " + cause,
        "check the space and the permissions of the state folder",
        cause);
  }

  static GantryException refused(String message) {
    return new GantryException(ErrorCode.ENGINE_REFUSED, message);
  }

  /** An image folder cannot be read. */
  static GantryException unreadable(Path folder, IOException cause) {
    return new GantryException(
        ErrorCode.IMAGE_ACCESS_DENIED, "cannot read image folder " + folder + ": " + cause, cause);
  }
}
