package gantry.plugin.driver.process;

import gantry.api.Clock;
import gantry.api.container.ContainerDriver;
import gantry.testkit.container.ContainerRig;
import gantry.testkit.container.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Images as folders of a temporary folder, and a state folder beside them. */
final class ProcessRig implements ContainerRig {
  private final Path folder;
  private final ContainerDriver driver;

  ProcessRig(Path folder) {
    this.folder = folder;
    this.driver = new ProcessDriver(stateDir(), Clock.SYSTEM);
  }

  Path stateDir() {
    return folder.resolve("state");
  }

  @Override
  public ContainerDriver driver() {
    return driver;
  }

  @Override
  public String repo(String name) {
    return folder.resolve("images").resolve(name).toString();
  }

  @Override
  public void publish(String name, String tag, Program program) {
    Path target = Path.of(repo(name), tag);
    try {
      StateFolder.delete(target);
      for (var file : program.files().entrySet()) {
        write(target.resolve(file.getKey()), file.getValue());
      }
      Files.setPosixFilePermissions(
          target.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Frees the read-only copies too, which the temporary folder's own removal could not. */
  @Override
  public void close() {
    driver.close();
    try {
      StateFolder.delete(stateDir());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
