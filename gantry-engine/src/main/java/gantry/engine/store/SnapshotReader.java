package gantry.engine.store;

import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns one listing of a component's rollout keys into a snapshot. */
final class SnapshotReader {
  private final ComponentKey key;
  private final TreeMap<Integer, SlotView> slots = new TreeMap<>();
  private @Nullable Versioned<Desired> desired;
  private @Nullable Versioned<Alert> alert;
  private long proven;
  private String last = "";

  SnapshotReader(ComponentKey key) {
    this.key = key;
  }

  RolloutSnapshot read(Listing listing) {
    listing.entries().forEach(this::take);
    return new RolloutSnapshot(
        Optional.ofNullable(desired),
        Optional.ofNullable(alert),
        new ArrayList<>(slots.values()),
        proven,
        last);
  }

  private void take(Entry entry) {
    String name = entry.key().substring(Keys.rollout(key).length());
    if (name.equals("desired")) {
      desired = Json.read(entry, Desired.class);
    } else if (name.equals("alert")) {
      alert = Json.read(entry, Alert.class);
    } else if (name.equals("proven")) {
      proven = Json.read(entry, Long.class).value();
    } else if (name.equals("last")) {
      last = Json.read(entry, String.class).value();
    } else if (name.startsWith("slots/")) {
      SlotView view = slotAt(name);
      put(new SlotView(view.index(), Optional.of(Json.read(entry, Slot.class)), view.admission()));
    } else if (name.startsWith("admissions/")) {
      SlotView view = slotAt(name);
      put(new SlotView(view.index(), view.slot(), Optional.of(Json.read(entry, Admission.class))));
    }
  }

  private SlotView slotAt(String name) {
    int index = Integer.parseInt(name.substring(name.indexOf('/') + 1));
    SlotView known = slots.get(index);
    return known != null ? known : new SlotView(index, Optional.empty(), Optional.empty());
  }

  private void put(SlotView view) {
    slots.put(view.index(), view);
  }
}
