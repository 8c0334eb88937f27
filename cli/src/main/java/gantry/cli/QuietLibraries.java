package gantry.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Configures the JDK's own logging, which some libraries use, when the first of them asks for it:
 * what they have to say when all is well is nothing that a user of Gantry wants to read.
 */
public final class QuietLibraries {
  /** Made by the JDK's log manager. */
  public QuietLibraries() {
    Logger.getLogger("").setLevel(Level.OFF);
  }
}
