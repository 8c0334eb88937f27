package gantry.engine.config;

import gantry.api.Problems;
import gantry.engine.plugin.Extensions;
import gantry.engine.spec.ProjectSpec;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads {@code .gantry} files. All mistakes of a file are told at once, in one {@link
 * gantry.api.GantryException} with the code {@code BAD_CONFIGURATION}: one line for each, with its
 * place, what was found and what is allowed. Thread-safe; the same text gives an equal result.
 */
public final class ConfigReader {
  private final Extensions extensions;

  /** A reader that knows the check kinds of these extensions. */
  public ConfigReader(Extensions extensions) {
    this.extensions = extensions;
  }

  /** Reads and judges a file. */
  public ProjectSpec read(Path file) {
    return parse(text(file), file.toString());
  }

  /**
   * The text of a file, as it can be stored and given to {@link #parse} on another machine: UTF-8
   * of at most 1 MiB, without a byte order mark. Says nothing about its content.
   */
  public String text(Path file) {
    return ConfigFile.text(file);
  }

  /**
   * Judges a text.
   *
   * @param name what messages call the text, such as the file's path
   */
  public ProjectSpec parse(String text, String name) {
    Problems problems = new Problems();
    Mistakes mistakes = new Mistakes(name);
    Map<String, Object> root = JsonText.read(text, mistakes, problems);
    ProjectSpec project = new ProjectReader(extensions, problems, mistakes).read(root);
    mistakes.throwIfAny(problems);
    return project;
  }
}
