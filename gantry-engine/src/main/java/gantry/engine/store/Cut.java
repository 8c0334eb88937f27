package gantry.engine.store;

import java.time.Instant;
import java.util.List;

/**
 * Containers of a machine whose drains an operator has ended by hand. It names what drained when it
 * was asked for, so that it never hits what begins to drain later. The machine's agent takes it
 * away when it has done it.
 *
 * @param containers their brief ids
 */
public record Cut(List<String> containers, String by, Instant at) {
  /** Copies the ids. */
  public Cut {
    containers = List.copyOf(containers);
  }

  /** The same about some of its containers only. */
  Cut of(List<String> some) {
    return new Cut(some, by, at);
  }
}
