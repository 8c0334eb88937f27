package gantry.plugin.driver.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import gantry.api.container.ContainerId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The containers' records, one folder each. A folder appears and disappears by one rename, so a
 * container exists either whole or not at all.
 */
final class ContainerStore {
  /** More than any machine runs: a loop that makes containers for ever is stopped here. */
  static final int MAX_CONTAINERS = 1_000;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String RECORD = "record.json";
  private static final String TEMPORARY = ".tmp-";

  private final StateFolder state;
  private final ObjectMapper json = new ObjectMapper();

  ContainerStore(StateFolder state) {
    this.state = state;
  }

  Path folder(String id) {
    return state.containers().resolve(id);
  }

  /** All records, oldest first. */
  List<ContainerRecord> all() {
    try (Stream<Path> folders = Files.list(state.containers())) {
      return folders
          .map(path -> path.getFileName().toString())
          .flatMap(id -> find(new ContainerId(id)).stream())
          .sorted(Comparator.comparing(ContainerRecord::created))
          .toList();
    } catch (IOException e) {
      throw Failures.unusable(state.containers(), e);
    }
  }

  Optional<ContainerRecord> find(ContainerId id) {
    if (!ID.matcher(id.value()).matches()) {
      return Optional.empty();
    }
    Path file = folder(id.value()).resolve(RECORD);
    try {
      return Optional.of(json.readValue(Files.readAllBytes(file), ContainerRecord.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Failures.unusable(file, e);
    }
  }

  void add(ContainerRecord record) {
    Path temporary = state.containers().resolve(TEMPORARY + UUID.randomUUID());
    try {
      Files.createDirectory(temporary);
      write(temporary, record);
      StateFolder.move(temporary, folder(record.id()));
    } catch (IOException e) {
      throw Failures.unusable(temporary, e);
    }
  }

  void update(ContainerRecord record) {
    write(folder(record.id()), record);
  }

  private void write(Path folder, ContainerRecord record) {
    try {
      StateFolder.write(folder.resolve(RECORD), json.writeValueAsBytes(record));
    } catch (IOException e) {
      throw Failures.unusable(folder, e);
    }
  }

  void remove(String id) {
    Path trash = state.containers().resolve(TEMPORARY + UUID.randomUUID());
    try {
      StateFolder.move(folder(id), trash);
      StateFolder.delete(trash);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      throw new IllegalStateException("the lock was not held while removing " + id, e);
    } catch (IOException e) {
      throw Failures.unusable(trash, e);
    }
  }

  /** Removes what a process left behind that was killed within {@link #add} or {@link #remove}. */
  void prune() {
    try (Stream<Path> folders = Files.list(state.containers())) {
      for (Path folder : folders.toList()) {
        if (folder.getFileName().toString().startsWith(TEMPORARY)) {
          StateFolder.delete(folder);
        }
      }
    } catch (IOException e) {
      throw Failures.unusable(state.containers(), e);
    }
  }
}
