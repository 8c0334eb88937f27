package gantry.engine;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.engine.config.Names;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The name of a machine that was given none: made up once and kept in the state folder. */
public final class MachineId {
  private MachineId() {}

  /** Reads the kept name, or makes one up and keeps it. */
  public static String in(Path stateDir) {
    Path file = stateDir.resolve("machine-id");
    try {
      if (!Files.exists(file)) {
        keep(file);
      }
      String id = Files.readString(file).strip();
      if (Names.mistakeIn(id).isEmpty()) {
        return id;
      }
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION,
          "the machine's name in " + file + " is not a name: letters, digits, '_', '.', '-'",
          "remove the file to have another made up, or name the machine with --machine",
          null);
    } catch (IOException e) {
      throw new GantryException(
          ErrorCode.BAD_CONFIGURATION, "cannot read or write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Of several processes that do this at once, the first one's name stays. */
  private static void keep(Path file) throws IOException {
    byte[] random = new byte[4];
    ThreadLocalRandom.current().nextBytes(random);
    Path fresh = Files.createTempFile(file.getParent(), "machine-id", ".new");
    Files.writeString(fresh, "m" + HexFormat.of().formatHex(random) + "\n");
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException e) {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
