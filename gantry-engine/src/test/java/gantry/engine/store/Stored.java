package gantry.engine.store;

import gantry.api.container.Image;
import gantry.api.coordination.Session;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.UpdateSpec;
import gantry.testkit.ManualClock;
import gantry.testkit.coordination.InMemoryCoordinator;
import gantry.testkit.coordination.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A component's stored rollout, with machine {@code a} and a user at work on it. */
final class Stored {
  static final ComponentKey WEB = new ComponentKey("shop", "web");
  static final Instant TIME = ManualClock.START;

  final ManualClock clock = new ManualClock();
  final InMemoryStore store = new InMemoryStore(clock);
  final InMemoryCoordinator client = store.connect("a");
  final RolloutStore user = new RolloutStore(store.connect("user"), clock);
  final MachineStore machine = new MachineStore(client, WEB, "a");
  final Session session = client.openSession(Duration.ofSeconds(10));

  Revision release() {
    Image image = new Image("shop/web", "latest", "sha256:1", Optional.of("sha256:2"));
    return user.release(WEB, spec(), image, "ann@ops");
  }

  static ComponentSpec spec() {
    return new ComponentSpec(
        "web",
        "shop/web",
        "latest",
        List.of("serve"),
        List.of(),
        List.of(new CheckSpec("http", Duration.ofSeconds(1), Map.of("port", 80))),
        Duration.ofSeconds(10),
        Map.of("B", "2", "A", "1"),
        UpdateSpec.DEFAULT);
  }

  RolloutSnapshot seen() {
    return user.snapshot(WEB);
  }

  Versioned<Desired> desired() {
    return seen().desired().orElseThrow();
  }

  boolean acquire(int index) {
    return acquire(index, desired());
  }

  boolean acquire(int index, Versioned<Desired> seen) {
    return machine.acquire(index, seen, new Admission("a", seen.value().revision(), TIME), session);
  }

  SlotView slot() {
    return seen().admissionOf("a").orElseThrow();
  }

  /** The agent is gone and its lease has ended. */
  void fallSilent() {
    client.setPartitioned(true);
    clock.advance(Duration.ofSeconds(11));
  }

  MachineRecord record(long revision) {
    return new MachineRecord("a", revision, 0, Phase.READY, "", List.of(), TIME);
  }

  Alert alert(long revision) {
    return new Alert(revision, AlertKind.UPDATEFAIL, "a", "exited", List.of("bye"), TIME);
  }
}
