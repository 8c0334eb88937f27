package gantry.proxy.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the routes of a file in force. A file that cannot be used changes nothing: the reason is
 * logged, once, and what was in force before is still. One that names a listener which somebody
 * else has is tried again until it is free.
 *
 * <p>First {@link #read}, then {@link #apply}, then {@link #follow}; from then on all happens on
 * the thread that watches.
 */
final class FileRoutes implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final Path file;
  private byte[] known = {};
  private boolean tryAgain;
  private String lastTrouble = "";
  private @Nullable RoutesFile first;
  private @Nullable FileChanges changes;

  FileRoutes(Path file) {
    this.file = file;
  }

  /**
   * Reads the file for the first time; what it says of the process.
   *
   * @param mayBeBad whether there are routes of an earlier life that go on without it
   */
  Tuning read(boolean mayBeBad) throws BadRoutesException {
    try {
      known = RoutesFile.load(file);
      RoutesFile read = RoutesFile.parse(file, known);
      first = read;
      return read.tuning();
    } catch (BadRoutesException e) {
      if (!mayBeBad) {
        throw e;
      }
      tryAgain = known.length == 0;
      trouble(String.valueOf(e.getMessage()));
      return Tuning.NONE;
    }
  }

  /**
   * Puts what was read in force.
   *
   * @param mayBeBad as before
   */
  void apply(Steering steering, boolean mayBeBad) throws RefusedException {
    try {
      if (first != null) {
        apply(first, steering);
      }
    } catch (RefusedException e) {
      if (!mayBeBad) {
        throw e;
      }
      refused(e);
    }
  }

  /**
   * Puts each change in force from now on.
   *
   * @param tuned told what each file that is in force says of the process
   */
  void follow(Steering steering, Consumer<Tuning> tuned) throws IOException {
    changes = new FileChanges(file, () -> look(steering, tuned), () -> tryAgain);
  }

  @Override
  public void close() throws IOException {
    if (changes != null) {
      changes.close();
    }
  }

  private void look(Steering steering, Consumer<Tuning> tuned) {
    try {
      byte[] bytes = RoutesFile.load(file);
      if (tryAgain || !Arrays.equals(bytes, known)) {
        known = bytes;
        tryAgain = false;
        RoutesFile read = RoutesFile.parse(file, bytes);
        apply(read, steering);
        tuned.accept(read.tuning());
      }
    } catch (BadRoutesException e) {
      trouble(String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      refused(e);
    }
  }

  private void apply(RoutesFile read, Steering steering) throws RefusedException {
    steering.apply(RoutesFile.OWNER, read.routes());
    lastTrouble = "";
    LOG.log(Level.INFO, "{0}: {1} routes in force", new Object[] {file, read.routes().size()});
  }

  private void refused(RefusedException e) {
    tryAgain = true;
    trouble(file + ": " + e.getMessage());
  }

  private void trouble(String what) {
    if (!what.equals(lastTrouble)) {
      lastTrouble = what;
      LOG.log(Level.WARNING, what + "; the routes from before stay in force");
    }
  }
}
