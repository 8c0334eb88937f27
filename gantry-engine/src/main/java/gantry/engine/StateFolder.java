package gantry.engine;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The machine's state folder: only its owner may look into it. */
public final class StateFolder {
  private StateFolder() {}

  /** Makes the folder with mode 0700 unless it exists, and checks that it can be written. */
  public static Path ready(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        create(folder);
      }
    } catch (IOException e) {
      throw unusable(folder, e.toString());
    }
    if (!Files.isWritable(folder)) {
      throw unusable(folder, "it cannot be written");
    }
    return folder;
  }

  private static void create(Path folder) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private static GantryException unusable(Path folder, String why) {
    return new GantryException(
        ErrorCode.BAD_CONFIGURATION,
        "the state folder " + folder + " cannot be used: " + why,
        "name another with --state-dir or GANTRY_HOME, or run as its owner",
        null);
  }
}
