package gantry.plugin.coordinator.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The sessions' files. Changed only under the store's lock. Not flushed to disk: they mean nothing
 * after a reboot.
 */
final class Leases {
  private static final int MAX_SESSIONS = 1_000;

  private final Path folder;

  Leases(Path folder) {
    this.folder = folder;
  }

  /** Whether a session holds. Without the lock, only "holds" is certain. */
  boolean holds(String id) throws IOException {
    return read(id).filter(lease -> !lease.ended()).isPresent();
  }

  /** Opens a session of this process; what ended is removed first. */
  String open(Duration ttl) throws IOException {
    Files.createDirectories(folder);
    removeEnded();
    String id = UUID.randomUUID().toString();
    try (FileOutputStream out = new FileOutputStream(file(id).toFile())) {
      out.write(Lease.ofThisProcess(Machine.uptime().plus(ttl)).line().getBytes(UTF_8));
    }
    return id;
  }

  /** Gives a session its full time again; false when it has ended. */
  boolean renew(String id, Duration ttl) throws IOException {
    Optional<Lease> lease = read(id).filter(held -> !held.ended());
    if (lease.isEmpty()) {
      return false;
    }
    String line = lease.get().until(Machine.uptime().plus(ttl)).line();
    try (RandomAccessFile file = new RandomAccessFile(file(id).toFile(), "rw")) {
      file.write(line.getBytes(UTF_8));
    }
    return true;
  }

  void remove(String id) throws IOException {
    Files.deleteIfExists(file(id));
  }

  private void removeEnded() throws IOException {
    List<String> ids;
    try (Stream<Path> files = Files.list(folder)) {
      ids = files.map(file -> file.getFileName().toString()).toList();
    }
    int held = 0;
    for (String id : ids) {
      if (holds(id)) {
        held++;
      } else {
        remove(id);
      }
    }
    if (held >= MAX_SESSIONS) {
      throw new IOException("too many sessions: " + held + ", limit " + MAX_SESSIONS);
    }
  }

  private Optional<Lease> read(String id) throws IOException {
    try {
      return Lease.parse(Files.readString(file(id)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Path file(String id) {
    return folder.resolve(id);
  }
}
