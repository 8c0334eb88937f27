package gantry.engine.simulation;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.container.Image;
import gantry.api.proxy.RouteKind;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.OnFailure;
import gantry.engine.spec.PortSpec;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.CutStore;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutStore;
import gantry.testkit.container.ScriptedImage;
import gantry.testkit.coordination.InMemoryCoordinator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Somebody who gives commands, at any time and in any order. */
final class User {
  static final int EXTERNAL = 8888;
  static final int CONTAINER = 80;
  private static final String BY = "ann@ops";

  private final World world;
  private InMemoryCoordinator client;
  private RolloutStore store;
  private int pushed;
  private boolean good = true;

  User(World world) {
    this.world = world;
    this.client = world.store.connect("user");
    this.store = new RolloutStore(client, world.clock);
  }

  /** One command, most often an update. */
  void command() {
    if (world.dice.chance(world.temper.lost() * 10)) {
      client.loseNextAnswer();
    } else if (world.dice.chance(world.temper.lost() * 10)) {
      client.loseNextRequest();
    }
    if (world.temper.careful() && world.dice.chance(0.4)) {
      attempt(new CarefulUser(world, store, this::release)::command);
      return;
    }
    int which = world.dice.below(20);
    attempt(
        () -> {
          switch (which) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> release(good());
            case 8, 9 -> release(bad());
            case 10, 11 -> cut();
            case 12, 13 -> retry();
            case 14 -> push(good());
            case 15 -> status(DesiredStatus.STOPPED);
            case 16 -> status(DesiredStatus.KILLED);
            default -> {
              status(DesiredStatus.READY);
              cut();
            }
          }
        });
  }

  /** What fails is a line on a terminal; the user may try again. */
  private void attempt(Runnable command) {
    try {
      command.run();
    } catch (GantryException e) {
      world.trace.say(() -> "the command failed: " + e.text());
    }
  }

  /** Nothing that was scripted for later calls happens any more. */
  void calmDown() {
    client = world.store.connect("calm user");
    store = new RolloutStore(client, world.clock);
  }

  /** An update that will do; what it is about. */
  Revision releaseGood() {
    status(DesiredStatus.READY);
    return release(good());
  }

  /** An update that is ready at once. */
  Revision releaseAtOnce() {
    return release(image("ready at once"));
  }

  /** Whether every update so far was about an image that does what it should. */
  boolean usedGoodOnly() {
    return good;
  }

  private Revision release(ScriptedImage content) {
    return release(content, List.of());
  }

  private Revision release(List<String> machines) {
    return release(world.dice.chance(0.7) ? good() : bad(), machines);
  }

  private Revision release(ScriptedImage content, List<String> machines) {
    Revision revision = store.release(World.WEB, spec(), push(content), BY, machines);
    world.trace.say(
        () ->
            "update: revision "
                + revision.number()
                + " is "
                + content.content()
                + (machines.isEmpty() ? "" : " on " + machines));
    return revision;
  }

  /** Lets machines try again what failed. */
  void retry() {
    boolean failed = store.retry(World.WEB).isPresent();
    world.trace.say(() -> "retry: " + (failed ? "the alert goes" : "there is no alert"));
  }

  /** Ends what drains on one machine; told by the time, so that seeds stay what they were. */
  private void cut() {
    world.given.cut(
        world.machines.get(world.ticks() % world.machines.size()).name,
        machine -> new CutStore(client, World.WEB, world.clock).request(machine, BY));
  }

  private void status(DesiredStatus status) {
    if (store.snapshot(World.WEB).desired().isPresent()) {
      store.setStatus(World.WEB, status, BY);
      world.trace.say(() -> "status: " + status);
    }
  }

  /** A tag moves; by itself that changes nothing. */
  private Image push(ScriptedImage content) {
    return world.registry.publish("shop/web", "latest", content);
  }

  private ScriptedImage good() {
    ScriptedImage image = image("good");
    return world.dice.chance(0.5) ? image : image.withReadyAfter(world.dice.seconds(0, 6));
  }

  private ScriptedImage bad() {
    good = false;
    return switch (world.dice.below(8)) {
      case 0 -> image("never ready").withAnswer(503, "no");
      case 1 -> image("ready too late").withReadyAfter(Duration.ofSeconds(25));
      case 2 -> unavailable();
      case 3 -> image("ends at once").withExit(Duration.ZERO, 1);
      case 4, 5 -> image("breaks soon").withBreaksAfter(world.dice.seconds(1, 14));
      case 6 -> image(Clients.UNREACHABLE);
      default -> image("ends soon").withExit(world.dice.seconds(1, 12), 1);
    };
  }

  /** Where updates may not stand still, pulls do. */
  private ScriptedImage unavailable() {
    return world.temper.progressDeadline().isZero()
        ? image("missing").withPullFailing(ErrorCode.IMAGE_NOT_FOUND)
        : image("stalls").withPullTaking(Engines.FOR_EVER);
  }

  private ScriptedImage image(String what) {
    return ScriptedImage.serving(what + " " + ++pushed);
  }

  private UpdateSpec update() {
    int parallel = world.temper.maxParallel();
    Duration minHealthy = world.temper.minHealthy();
    return world.temper.careful()
        ? new UpdateSpec(
            parallel,
            minHealthy,
            world.dice.any(Duration.ZERO, Duration.ofSeconds(20)),
            world.dice.any(OnFailure.HALT, OnFailure.ROLLBACK))
        : ordered(new UpdateSpec(parallel, minHealthy));
  }

  private UpdateSpec ordered(UpdateSpec update) {
    return world.temper.stopFirst() ? update.stopFirst() : update;
  }

  private ComponentSpec spec() {
    return new ComponentSpec(
        "web",
        "shop/web",
        "latest",
        List.of(),
        List.of(new PortSpec(EXTERNAL, CONTAINER, RouteKind.TCP)),
        List.of(new CheckSpec("http", Duration.ofMinutes(1), Map.of("port", CONTAINER))),
        Duration.ofSeconds(10),
        Map.of(),
        update().within(world.temper.progressDeadline()),
        world.temper.drain());
  }
}
