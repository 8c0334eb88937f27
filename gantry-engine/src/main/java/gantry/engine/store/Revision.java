package gantry.engine.store;

import gantry.api.container.Image;
import gantry.engine.spec.ComponentSpec;
import java.time.Instant;

/**
 * What an update creates: a configuration and the image that its tag stood for, never changed
 * afterwards.
 *
 * @param number grows by one with each update and each rollback of the component, from 1
 * @param restores the revision whose configuration and image a rollback asks for again; 0 for an
 *     update
 */
public record Revision(
    long number, ComponentSpec spec, Image image, String by, Instant at, long restores) {
  /** What an update creates. */
  public Revision(long number, ComponentSpec spec, Image image, String by, Instant at) {
    this(number, spec, image, by, at, 0);
  }

  /**
   * The revision that introduced this configuration and image. Containers carry this number: those
   * of a revision and of a rollback to it are the same ones.
   */
  public long content() {
    return restores == 0 ? number : restores;
  }

  /** The same again under a new number. */
  public Revision restored(long newNumber, String newBy, Instant newAt) {
    return new Revision(newNumber, spec, image, newBy, newAt, content());
  }

  /** Whether it takes something back. */
  public boolean isRollback() {
    return restores != 0;
  }
}
