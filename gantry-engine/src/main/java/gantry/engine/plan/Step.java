package gantry.engine.plan;

import gantry.engine.store.Phase;
import java.util.Locale;
import java.util.Optional;

/**
 * How far an update has come on this machine. Only a step beyond all before it is progress: a pull
 * that begins anew has to come further than the one before.
 *
 * @param admission modification revision of the admission, which tells attempts apart
 * @param bytes that a pull has so far; 0 otherwise
 */
public record Step(long admission, Stage stage, long bytes) {
  /** What a new container goes through before it gets traffic, in this order. */
  public enum Stage {
    /** Gets the image. */
    PULLING(Phase.PULLING),
    /** Makes and starts the container. */
    STARTING(Phase.STARTING),
    /** Waits for the ready checks. */
    CHECKING(Phase.CHECKING),
    /** It is ready, and traffic is to go there. */
    SWITCHING(Phase.CHECKING);

    private final Phase phase;

    Stage(Phase phase) {
      this.phase = phase;
    }

    /** Empty for what may take as long as it takes. */
    static Optional<Stage> of(Phase phase) {
      return switch (phase) {
        case PULLING -> Optional.of(PULLING);
        case STARTING -> Optional.of(STARTING);
        case CHECKING, UNHEALTHY -> Optional.of(CHECKING);
        case IDLE, WAITING, WATCHING, READY, FAILED, DRAINING, STOPPED -> Optional.empty();
      };
    }

    Phase phase() {
      return phase;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether this is progress after that one. */
  public boolean isBeyond(Step other) {
    int stages = stage.compareTo(other.stage);
    return admission != other.admission || stages > 0 || (stages == 0 && bytes > other.bytes);
  }
}
