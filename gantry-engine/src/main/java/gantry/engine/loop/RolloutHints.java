package gantry.engine.loop;

import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.engine.event.RolloutEvent;
import gantry.engine.exec.Site;
import gantry.engine.plan.Focus;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.CutStore;
import gantry.engine.store.RolloutStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Watches what must wake one machine's loop, and no more: what is desired always, the slots, the
 * machine before it in the queue and its own cut while they matter to it. What cannot be watched
 * now is looked at by the resync all the same. Used by one thread.
 */
public final class RolloutHints implements AutoCloseable {
  private static final String WISHES = "wishes";
  private static final String SLOTS = "slots";
  private static final String CUTS = "cuts";
  private static final String AHEAD = "ahead ";

  private final Site site;
  private final ComponentKey key;
  private final RolloutStore store;
  private final CutStore cuts;
  private final LongConsumer changed;
  private final Map<String, Subscription> open = new HashMap<>();

  /**
   * Nothing is watched yet.
   *
   * @param changed given the store revision of each hint; must not block; from any thread
   */
  public RolloutHints(Site site, ComponentKey key, LongConsumer changed) {
    this.site = site;
    this.key = key;
    this.store = new RolloutStore(site.coordinator(), site.clock());
    this.cuts = new CutStore(site.coordinator(), key, site.clock());
    this.changed = changed;
  }

  /**
   * Watches what matters from now on.
   *
   * @param read store revision of the look that it follows from; 0 when nothing was read
   * @return whether something is watched that was not before and may have changed unseen
   */
  public boolean follow(Focus focus, long read) {
    Set<String> wanted = new HashSet<>();
    wanted.add(WISHES);
    focus.ahead().ifPresent(machine -> wanted.add(AHEAD + machine));
    if (focus.slots()) {
      wanted.add(SLOTS);
    }
    if (focus.cuts()) {
      wanted.add(CUTS);
    }
    boolean added = false;
    for (String what : wanted) {
      added |= !open.containsKey(what) && watch(what, read);
    }
    open.entrySet().removeIf(entry -> !wanted.contains(entry.getKey()) && closed(entry.getValue()));
    return added && read == 0;
  }

  private boolean watch(String what, long read) {
    try {
      open.put(what, subscription(what, read));
      return true;
    } catch (GantryException e) {
      site.listener().on(key, new RolloutEvent.Trouble(e.text()));
      return false;
    }
  }

  private static boolean closed(Subscription subscription) {
    subscription.close();
    return true;
  }

  private Subscription subscription(String what, long read) {
    return switch (what) {
      case WISHES -> store.watchWishes(key, read, changed);
      case SLOTS -> store.watchSlots(key, read, changed);
      case CUTS -> cuts.watch(site.machine(), read, changed);
      default -> store.watchQueued(key, what.substring(AHEAD.length()), read, changed);
    };
  }

  @Override
  public void close() {
    open.values().forEach(Subscription::close);
    open.clear();
  }
}
