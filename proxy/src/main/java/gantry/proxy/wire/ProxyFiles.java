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
import org.jspecify.annotations.Nullable;

/** The proxy's files: all in {@code <state-dir>/proxy}, mode 0700. */
public record ProxyFiles(Path dir) {
  /** Longest path that the kernel takes for a Unix socket: 108 bytes with the closing zero. */
  static final int MAX_SOCKET_PATH_BYTES = 107;

  private static final String SOCKET = "control.sock";

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

  /**
   * The control socket's address in a form that is short enough for the kernel. Use it while the
   * result is open: a folder with a long path is reached through an open descriptor of it.
   */
  public SocketName socketName() throws IOException {
    if (socket().toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH_BYTES) {
      return new SocketName(UnixDomainSocketAddress.of(socket()), null);
    }
    FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ);
    try {
      return new SocketName(UnixDomainSocketAddress.of(descriptor().resolve(SOCKET)), folder);
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

  /** An address together with what keeps it valid. */
  public record SocketName(UnixDomainSocketAddress address, @Nullable FileChannel folder)
      implements Closeable {
    @Override
    public void close() throws IOException {
      if (folder != null) {
        folder.close();
      }
    }
  }
}
