package gantry.proxy.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The state folder of a proxy that was given none: of its own for each file of routes. */
final class RuntimeFolder {
  private static final String NAME = "gantry-proxy";
  private static final int HASH_BYTES = 4;

  private RuntimeFolder() {}

  /**
   * The folder for a file, made when it is not there: in {@code XDG_RUNTIME_DIR}, else in the
   * folder for temporary files.
   *
   * @throws IOException also when it is there and somebody else can write to it
   */
  static Path forFile(Path routes) throws IOException {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    Path base =
        runtime == null || runtime.isBlank()
            ? Path.of(System.getProperty("java.io.tmpdir"), NAME + "-" + user())
            : Path.of(runtime, NAME);
    Path own = base.resolve(hash(routes.toAbsolutePath().normalize().toString()));
    makeOurs(base);
    makeOurs(own);
    return own;
  }

  /** Anybody may make folders in the place for temporary files: only one of ours is good. */
  static void makeOurs(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      PosixFileAttributes found =
          Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean ours =
          found.isDirectory()
              && found.owner().equals(Files.getOwner(Path.of("/proc/self")))
              && PosixFilePermissions.toString(found.permissions()).endsWith("------");
      if (!ours) {
        throw new IOException(
            folder
                + " is there already, and is not a folder of this user alone (mode 0700);"
                + " remove it, or name another with --state-dir",
            e);
      }
    }
  }

  private static String user() throws IOException {
    return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
