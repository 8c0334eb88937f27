package gantry.engine.store;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.util.List;
import java.util.OptionalLong;

/** Which revision a rollback goes back to. */
final class Rollbacks {
  private final RolloutStore store;
  private final ComponentKey key;

  Rollbacks(RolloutStore store, ComponentKey key) {
    this.store = store;
    this.key = key;
  }

  /**
   * The one that was asked for, or the newest that has succeeded and is something else.
   *
   * @throws GantryException there is none, or it is what is desired already
   */
  Revision target(long desired, OptionalLong to) {
    Revision now =
        store.revision(key, desired).orElseThrow(() -> missing(desired, "it was removed"));
    if (to.isEmpty()) {
      return newest(now);
    }
    Revision target =
        store
            .revision(key, to.getAsLong())
            .orElseThrow(() -> missing(to.getAsLong(), "there is no such revision"));
    if (target.content() == now.content()) {
      throw new GantryException(
          ErrorCode.USAGE,
          what(to.getAsLong()) + " is what is desired already, as revision " + desired,
          "gantryd history " + key.project() + " -c " + key.component(),
          null);
    }
    return target;
  }

  private Revision newest(Revision now) {
    List<Past> history = store.history(key);
    return history.stream()
        .filter(past -> past.succeeded().isPresent())
        .map(Past::revision)
        .filter(r -> r.number() < now.number() && r.content() != now.content())
        .findFirst()
        .orElseThrow(
            () ->
                new GantryException(
                    ErrorCode.NOT_FOUND,
                    "component '"
                        + key.component()
                        + "' has no earlier revision that has succeeded: there is nothing to go"
                        + " back to",
                    "gantryd history " + key.project() + " -c " + key.component(),
                    null));
  }

  private GantryException missing(long number, String why) {
    return new GantryException(
        ErrorCode.NOT_FOUND,
        what(number) + " cannot be restored: " + why,
        "gantryd history " + key.project() + " -c " + key.component(),
        null);
  }

  private String what(long number) {
    return "revision " + number + " of component '" + key.component() + "'";
  }
}
