package gantry.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who is at work, for records and messages. */
final class Who {
  private Who() {}

  /** User and host: {@code root@shop-1}. */
  static String user() {
    return System.getProperty("user.name", "?") + "@" + host();
  }

  /** The host's name, without asking a name server. */
  static String host() {
    return Optional.ofNullable(System.getenv("HOSTNAME"))
        .filter(name -> !name.isBlank())
        .or(Who::kernelName)
        .orElse("localhost");
  }

  private static Optional<String> kernelName() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What others are told who wait for this process. */
  static String process(String doing) {
    return doing + " (pid " + ProcessHandle.current().pid() + ")";
  }
}
