package gantry.proxy.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxy's files: all in {@code <state-dir>/proxy}, mode 0700. */
public record ProxyFiles(Path dir) {
  /** Longest path that the kernel takes for a Unix socket: 108 bytes with the closing zero. */
  static final int MAX_SOCKET_PATH_BYTES = 107;

  private static final String SOCKET = "control.sock";
  private static final String RETIRED = "retired-";

  /** The files of one state folder. */
  public static ProxyFiles in(Path stateDir) {
    return new ProxyFiles(stateDir.toAbsolutePath().normalize().resolve("proxy"));
  }

  /** Makes the folder when it is not there. */
  public void create() throws IOException {
    if (!Files.isDirectory(dir)) {
      Files.createDirectories(
          dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Where requests are taken. */
  public Path socket() {
    return dir.resolve(SOCKET);
  }

  /** Held by the running proxy; contains its process id. */
  public Path lock() {
    return dir.resolve("lock");
  }

  /** Held while somebody starts a proxy. */
  public Path startLock() {
    return dir.resolve("start.lock");
  }

  /** What a starting proxy printed. */
  public Path startLog() {
    return dir.resolve("start.log");
  }

  /** The proxy's log. */
  public Path log() {
    return dir.resolve("proxy.log");
  }

  /** The routes that survive the process. */
  public Path routes() {
    return dir.resolve("routes.json");
  }

  /** Where a proxy that starts waits for the sockets of the one that runs. */
  public Path handoverSocket() {
    return dir.resolve("handover.sock");
  }

  /** Where a process that handed over still answers. */
  public Path retiredSocket(long pid) {
    return dir.resolve(RETIRED + pid + ".sock");
  }

  /** All such sockets that are there. */
  public List<Path> retiredSockets() throws IOException {
    List<Path> sockets = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(dir, RETIRED + "*.sock")) {
      found.forEach(sockets::add);
    }
    return sockets;
  }

  /**
   * A socket's path in a form that is short enough for the kernel. Use it while the result is open:
   * a folder with a long path is reached through an open descriptor of it.
   */
  public Name name(Path socket) throws IOException {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH_BYTES) {
      return new Name(socket.toString(), null);
    }
    FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ);
    try {
      return new Name(descriptor().resolve(socket.getFileName()).toString(), folder);
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  /** The kernel's own short link to a folder that this process has open. */
  private Path descriptor() throws IOException {
    Path real = dir.toRealPath();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path link : links) {
        if (real.equals(target(link))) {
          return link;
        }
      }
    }
    throw new IOException(
        "the path of "
            + socket()
            + " is too long for a Unix socket ("
            + MAX_SOCKET_PATH_BYTES
            + " bytes) and /proc/self/fd does not help; use a shorter state folder");
  }

  private static @Nullable Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException closedMeanwhile) {
      return null;
    }
  }

  /** A path together with what keeps it valid. */
  public record Name(String path, @Nullable FileChannel folder) implements Closeable {
    /** The path as an address. */
    public UnixDomainSocketAddress address() {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public void close() throws IOException {
      if (folder != null) {
        folder.close();
      }
    }
  }
}
