package gantry.plugin.coordinator.etcd;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.PluginContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;

/** A user of etcd. Its text has no password. */
record EtcdUser(String name, String password) {
  /** A variable of a process's environment is for its owner and root alone; argv is for all. */
  static final String VARIABLE = "GANTRY_ETCD_PASSWORD";

  private static final String FILE = "--etcd-password-file";

  /**
   * The user that the option {@code etcd.user} names, with the password from the file that {@code
   * etcd.password-file} names, or else from the environment.
   *
   * @throws GantryException {@code BAD_CONFIGURATION}, without a password in it
   */
  static Optional<EtcdUser> of(PluginContext context, Map<String, String> environment) {
    Optional<PemFile> file =
        context.option("etcd.password-file").map(path -> new PemFile(FILE, Path.of(path)));
    Optional<String> name = context.option("etcd.user");
    if (name.isEmpty()) {
      if (file.isPresent()) {
        throw bad(FILE + " without --etcd-user: whose password is it?", "name the user as well");
      }
      return Optional.empty();
    }
    String password =
        file.map(EtcdUser::password).orElseGet(() -> environment.getOrDefault(VARIABLE, ""));
    if (password.isEmpty()) {
      throw bad(
          "etcd user '%s' has no password".formatted(name.get()),
          "put it into a file that only you can read and name that with %s, or into the environment as %s"
              .formatted(FILE, VARIABLE));
    }
    return Optional.of(new EtcdUser(name.get(), password));
  }

  @Override
  public String toString() {
    return name;
  }

  /** The first line of the file. */
  private static String password(PemFile file) {
    String text = file.read();
    refuseOpen(file);
    String first = text.lines().findFirst().orElse("");
    if (first.isEmpty()) {
      throw file.bad("its first line is empty", "write the password there", null);
    }
    return first;
  }

  private static void refuseOpen(PemFile file) {
    try {
      if (Files.getFileStore(file.path()).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file.path()).contains(PosixFilePermission.OTHERS_READ)) {
        throw file.bad("everybody on this machine can read it", "chmod o-rwx " + file.path(), null);
      }
    } catch (IOException e) {
      throw file.bad("its permissions cannot be read: " + e.getMessage(), "see above", e);
    }
  }

  private static GantryException bad(String text, String next) {
    return new GantryException(ErrorCode.BAD_CONFIGURATION, text, next, null);
  }
}
