package gantry.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A process as {@code /proc} shows it. */
record LinuxProcess(long pid, String commandLine, Path directory) {
  static Stream<LinuxProcess> all() {
    return ProcessHandle.allProcesses().flatMap(process -> of(process.pid()).stream());
  }

  /** Empty when it has ended, or belongs to somebody else. */
  static Optional<LinuxProcess> of(long pid) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      String words = Files.readString(proc.resolve("cmdline")).replace('\0', ' ').strip();
      return Optional.of(new LinuxProcess(pid, words, Files.readSymbolicLink(proc.resolve("cwd"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether it serves one connection of an httpd. */
  boolean parentIsHttpd() {
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .flatMap(parent -> of(parent.pid()))
        .filter(parent -> parent.commandLine().startsWith("busybox httpd"))
        .isPresent();
  }
}
