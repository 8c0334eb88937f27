package gantry.plugin.coordinator.local;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.file.Path;

/** How failures of the local store are told. */
final class LocalErrors {
  private LocalErrors() {}

  static GantryException unusable(Path folder, IOException cause) {
    return new GantryException(
        ErrorCode.COORDINATOR_UNREACHABLE,
        "the local store in " + folder + " cannot be used: " + describe(cause),
        "check the folder's owner, permissions and free space",
        cause);
  }

  static GantryException damaged(Path file, IOException cause) {
    return new GantryException(
        ErrorCode.COORDINATOR_UNREACHABLE,
        "the local store's file " + file + " is damaged: " + describe(cause),
        "restore it from a backup, or move it away to start with an empty store and give the"
            + " configuration again; running containers are not touched",
        cause);
  }

  static GantryException outcomeUnknown(Path file, IOException cause) {
    return new GantryException(
        ErrorCode.OUTCOME_UNKNOWN,
        file + " was written but may not survive a power loss: " + describe(cause),
        "read back what was to be written",
        cause);
  }

  static GantryException sessionLost(String id) {
    return new GantryException(
        ErrorCode.SESSION_LOST, "session " + id + " has ended, so no key can be bound to it");
  }

  private static String describe(IOException cause) {
    String text = String.valueOf(cause.getMessage());
    int source = text.indexOf("\n at [Source"); // Jackson's second line repeats the file
    String first = source < 0 ? text : text.substring(0, source);
    return cause.getClass().getName().startsWith("java.nio.file.")
        ? cause.getClass().getSimpleName() + ": " + first
        : first;
  }
}
