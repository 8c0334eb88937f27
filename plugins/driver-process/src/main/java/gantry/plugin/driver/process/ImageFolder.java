package gantry.plugin.driver.process;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the folder that a name stands for. */
final class ImageFolder {
  /** As for Docker's tags; keeps {@code /} and {@code ..} out of paths. */
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private static final String DEFAULT_TAG = "latest";

  /** How many known tags a message names. */
  private static final int TAGS_SHOWN = 20;

  private ImageFolder() {}

  /** The repo as an absolute path, so that it means the same in every working directory. */
  static Path repo(String repo) {
    try {
      return Path.of(repo).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND, "repo '" + repo + "' is not the name of a folder", e);
    }
  }

  static Path find(String repo, String tag) {
    Path folder = repo(repo);
    if (!Files.isDirectory(folder)) {
      throw new GantryException(
          ErrorCode.IMAGE_NOT_FOUND,
          "image folder " + folder + " does not exist",
          "the process driver runs folders: repo must name one, relative to the working directory",
          null);
    }
    boolean wellFormed = TAG.matcher(tag).matches();
    if (wellFormed && Files.isDirectory(folder.resolve(tag))) {
      return folder.resolve(tag);
    }
    if (tag.equals(DEFAULT_TAG)) {
      return folder;
    }
    throw unknownTag(folder, tag);
  }

  private static GantryException unknownTag(Path folder, String tag) {
    List<String> known = tags(folder);
    String list =
        known.isEmpty()
            ? "it has no subfolders"
            : "known tags: "
                + String.join(", ", known.subList(0, Math.min(known.size(), TAGS_SHOWN)));
    return new GantryException(
        ErrorCode.IMAGE_NOT_FOUND,
        "image folder "
            + folder
            + " has no tag '"
            + tag
            + "'"
            + Nearest.hint(tag, known)
            + " ("
            + list
            + ")");
  }

  private static List<String> tags(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> TAG.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failures.unreadable(folder, e);
    }
  }
}
