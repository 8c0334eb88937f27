package gantry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where this program was installed; its launchers say so. */
final class Installation {
  private Installation() {}

  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("gantry.home")).map(Path::of);
  }

  static Optional<Path> proxyLauncher() {
    return launcher("gantry-proxy");
  }

  static Optional<Path> launcher(String name) {
    return home().map(home -> home.resolve("bin").resolve(name)).filter(Files::isExecutable);
  }
}
