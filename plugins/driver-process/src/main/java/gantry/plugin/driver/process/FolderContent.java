package gantry.plugin.driver.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a folder: its files, folders and symbolic links, by relative path. Links are taken as
 * they are, wherever they point. Nothing but the listing is read before {@link #id} or {@link
 * #copyTo}.
 */
final class FolderContent {
  private final Path root;
  private final SortedMap<String, Path> entries = new TreeMap<>();
  private long bytes;

  private FolderContent(Path root) {
    this.root = root;
  }

  /** Lists a folder; refuses one beyond the limits, and sockets, pipes and devices. */
  static FolderContent of(Path folder, ImageLimits limits) throws IOException {
    FolderContent content = new FolderContent(folder.toRealPath());
    Files.walkFileTree(
        content.root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            content.add(path, attributes, limits);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            content.add(path, attributes, limits);
            return FileVisitResult.CONTINUE;
          }
        });
    return content;
  }

  private void add(Path path, BasicFileAttributes attributes, ImageLimits limits) {
    if (path.equals(root)) {
      return;
    }
    if (attributes.isOther()) {
      throw Failures.refused(
          path + " is neither a file nor a folder nor a link: it cannot be part of an image");
    }
    entries.put(root.relativize(path).toString(), path);
    bytes += attributes.isRegularFile() ? attributes.size() : 0;
    if (entries.size() > limits.entries() || bytes > limits.bytes()) {
      throw Failures.refused(
          "folder %s is too large for an image: more than %d entries or %d MiB"
              .formatted(root, limits.entries(), limits.bytes() >> 20));
    }
  }

  long bytes() {
    return bytes;
  }

  /** Reads everything. */
  String id() throws IOException {
    ContentHash hash = new ContentHash();
    for (var entry : entries.entrySet()) {
      Path path = entry.getValue();
      if (Files.isSymbolicLink(path)) {
        hash.link(entry.getKey(), Files.readSymbolicLink(path).toString());
      } else if (Files.isDirectory(path)) {
        hash.folder(entry.getKey());
      } else {
        hash.file(entry.getKey(), path, executable(path));
      }
    }
    return hash.id();
  }

  /** Hears how many bytes were copied; may throw to end the copying. */
  @FunctionalInterface
  interface Progress {
    void copied(long doneBytes);
  }

  /** Copies everything into an empty folder, without write permission. */
  void copyTo(Path target, Progress progress) throws IOException {
    long done = 0;
    for (var entry : entries.entrySet()) {
      Path from = entry.getValue();
      Path to = target.resolve(entry.getKey());
      if (Files.isSymbolicLink(from)) {
        Files.createSymbolicLink(to, Files.readSymbolicLink(from));
      } else if (Files.isDirectory(from)) {
        Files.createDirectory(to);
      } else {
        Files.copy(from, to);
        protect(to, executable(from));
        done += Files.size(to);
      }
      progress.copied(done);
    }
    for (String path : entries.keySet()) {
      Path to = target.resolve(path);
      if (Files.isDirectory(to) && !Files.isSymbolicLink(to)) {
        protect(to, true);
      }
    }
  }

  private static void protect(Path path, boolean executable) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "r-xr-xr-x" : "r--r--r--"));
  }

  private static boolean executable(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }
}
