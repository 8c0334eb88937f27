package gantry.plugin.coordinator.local;

import gantry.api.coordination.Outcome;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one store. Changes happen one at a time, under the lock; a change is acknowledged
 * when it would survive the loss of power. Reads need no lock, as the data file is replaced as a
 * whole, unless they find a session that has ended: whoever finds one removes its keys. Safe for
 * use by several threads and processes.
 */
final class LocalStore {
  /** Rewritten with each change, so it must stay small. */
  static final int MAX_BYTES = 16 << 20;

  private static final Duration LOCK_LIMIT = Duration.ofSeconds(5);

  private final Path folder;
  private final Path file;
  private final Path newFile;
  private final StoreLock lock;
  private final Leases leases;

  LocalStore(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("store.json");
    this.newFile = folder.resolve("store.json.new");
    this.lock = StoreLock.of(folder);
    this.leases = new Leases(folder.resolve("leases"));
  }

  Path folder() {
    return folder;
  }

  /** The newest contents, without keys of sessions that have ended. */
  Contents read() {
    return guarded(
        () -> {
          Contents contents = load();
          return endedSessions(contents).isEmpty()
              ? contents
              : lock.hold(LOCK_LIMIT, this::loadAndClean);
        });
  }

  Outcome commit(Transaction transaction) {
    return guarded(() -> lock.hold(LOCK_LIMIT, () -> commitAlone(transaction)));
  }

  String openSession(Duration ttl) {
    return guarded(() -> lock.hold(LOCK_LIMIT, () -> leases.open(ttl)));
  }

  /** Gives a session its full time again; false when it has ended. */
  boolean renew(String session, Duration ttl, Duration limit) {
    return guarded(() -> lock.hold(limit, () -> leases.renew(session, ttl)));
  }

  /** Ends a session and removes its keys. */
  void closeSession(String session, Duration limit) {
    guarded(
        () ->
            lock.hold(
                limit,
                () -> {
                  Contents contents = load();
                  if (contents.end(Set.of(session))) {
                    save(contents);
                  }
                  leases.remove(session); // last: until then the session keeps its keys
                  return true;
                }));
  }

  private Outcome commitAlone(Transaction transaction) throws IOException {
    Contents contents = loadAndClean();
    if (!transaction.conditions().stream().allMatch(contents::holds)) {
      return new Outcome.Rejected();
    }
    for (Write write : transaction.writes()) {
      checkSession(write);
    }
    if (contents.apply(transaction.writes())) {
      save(contents);
    }
    return new Outcome.Committed(contents.revision());
  }

  private void checkSession(Write write) throws IOException {
    if (write instanceof Write.Put(_, _, Optional<Session> session)
        && session.isPresent()
        && !leases.holds(session.get().id())) {
      throw LocalErrors.sessionLost(session.get().id());
    }
  }

  private Contents loadAndClean() throws IOException {
    Contents contents = load();
    Set<String> ended = endedSessions(contents);
    if (contents.end(ended)) {
      save(contents);
    }
    for (String session : ended) {
      leases.remove(session);
    }
    return contents;
  }

  private Set<String> endedSessions(Contents contents) throws IOException {
    Set<String> ended = new HashSet<>();
    for (String session : contents.sessions()) {
      if (!leases.holds(session)) {
        ended.add(session);
      }
    }
    return ended;
  }

  private Contents load() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Contents.empty(); // nothing was ever written
    }
    try {
      return ContentsJson.read(bytes);
    } catch (IOException e) {
      throw LocalErrors.damaged(file, e);
    }
  }

  private void save(Contents contents) throws IOException {
    byte[] bytes = ContentsJson.write(contents);
    if (bytes.length > MAX_BYTES) {
      throw new IOException(
          "the store would have %d bytes, limit %d".formatted(bytes.length, MAX_BYTES));
    }
    try (FileOutputStream out = new FileOutputStream(newFile.toFile())) {
      out.write(bytes);
      out.getFD().sync();
    }
    Files.move(newFile, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    flushFolder();
  }

  /** The new name of the file must be on disk as well. */
  private void flushFolder() {
    boolean interrupted = Thread.interrupted(); // an interrupted thread cannot use channels
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw LocalErrors.outcomeUnknown(file, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T guarded(StoreLock.Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw LocalErrors.unusable(folder, e);
    } catch (UncheckedIOException e) { // of /proc
      throw LocalErrors.unusable(folder, new IOException(e.getMessage(), e));
    }
  }
}
