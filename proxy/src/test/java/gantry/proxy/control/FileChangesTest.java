package gantry.proxy.control;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a file is replaced, it is noticed. */
class FileChangesTest {
  @TempDir Path folder;

  private final AtomicInteger calls = new AtomicInteger();

  private FileChanges watch(Path file) throws IOException {
    return new FileChanges(file, calls::incrementAndGet, () -> false);
  }

  private void awaitCallAfter(int before) {
    await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() > before);
  }

  @Test
  void writtenInPlace() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "1");
    try (FileChanges _ = watch(file)) {
      Files.writeString(file, "2");
      awaitCallAfter(0);
    }
  }

  @Test
  void renamedIntoPlaceAgainAndAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "1");
    try (FileChanges _ = watch(file)) {
      for (int i = 0; i < 3; i++) {
        int before = calls.get();
        Path fresh = Files.writeString(folder.resolve("f.new"), "x" + i);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        awaitCallAfter(before);
      }
    }
  }

  @Test
  void removedAndMadeAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "1");
    try (FileChanges _ = watch(file)) {
      Files.delete(file);
      awaitCallAfter(0);
      int before = calls.get();
      Files.writeString(file, "1");
      awaitCallAfter(before);
    }
  }

  /** Nothing happens in the file's own folder: only a look finds it. */
  @Test
  void aLinkOnTheWayThatLeadsElsewhere() throws Exception {
    for (String version : new String[] {"v1", "v2"}) {
      Files.createDirectories(folder.resolve("versions/" + version));
      Path file = Files.writeString(folder.resolve("versions/" + version + "/f"), "same size");
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }
    Path current = folder.resolve("versions/current");
    Files.createSymbolicLink(current, Path.of("v1"));
    Path own = Files.createDirectory(folder.resolve("own"));
    Path file = Files.createSymbolicLink(own.resolve("f"), Path.of("../versions/current/f"));
    try (FileChanges _ = watch(file)) {
      Path next = Files.createSymbolicLink(folder.resolve("versions/next"), Path.of("v2"));
      Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
      awaitCallAfter(0);
    }
  }

  @Test
  void theFolderItselfReplaced() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path file = Files.writeString(own.resolve("f"), "1");
    try (FileChanges _ = watch(file)) {
      Files.move(own, folder.resolve("old"));
      Files.createDirectory(own);
      Files.writeString(file, "2");
      awaitCallAfter(0);
      int before = calls.get();
      Files.writeString(file, "3");
      awaitCallAfter(before);
    }
  }

  @Test
  void whatIsOwedIsDoneWithoutAChange() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "1");
    try (FileChanges _ = new FileChanges(file, calls::incrementAndGet, () -> calls.get() < 2)) {
      awaitCallAfter(1);
    }
  }
}
