package gantry.engine.plan;

import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Phase;
import java.time.Duration;
import java.util.Random;

/** Any observation, likely ones more often than not. The same seed makes the same one. */
final class RandomScene {
  /** Revisions that containers may have: one older, the old, the new, one newer. */
  private static final long REVISIONS = 4;

  private final Random random;
  private final Scene scene = new Scene();
  private boolean restores;

  RandomScene(long seed) {
    random = new Random(seed);
  }

  Scene make() {
    spec();
    wishes();
    slots();
    turn();
    long last = containers();
    for (long revision = 1; revision <= last; revision++) {
      if (revision != 3 || !restores) { // no container carries a rollback's own number
        container(revision);
      }
    }
    outages();
    return scene;
  }

  private long containers() {
    return often() ? REVISIONS : random.nextLong(REVISIONS);
  }

  private void spec() {
    if (often()) {
      scene.minHealthy(Duration.ofSeconds(random.nextInt(20)));
    } else {
      scene.maxParallel(1 + random.nextInt(3));
    }
    if (seldom()) {
      scene.keepPrevious(upTo(20));
    }
    if (seldom()) {
      scene.progressDeadline(Duration.ofSeconds(10));
      scene.here.stands(any(Step.Stage.values()), random.nextInt(3), upTo(20));
    }
    if (seldom()) {
      scene.withoutPorts();
    }
    if (seldom()) {
      scene.withoutChecks();
    }
  }

  private void wishes() {
    DesiredStatus status = often() ? DesiredStatus.READY : any(DesiredStatus.values());
    if (!seldom()) {
      scene.desired(1 + random.nextInt(3), status);
      switch (status == DesiredStatus.READY ? random.nextInt(12) : 12) {
        case 0 -> scene.canary("b");
        case 1 -> scene.canary("a");
        case 2 -> scene.paused();
        default -> {}
      }
    }
    scene.record(random.nextInt(4)).proven(random.nextInt(4));
    restores = random.nextInt(3) == 0;
    if (restores) {
      scene.restores(3, 1 + random.nextInt(2)).previous(random.nextInt(3));
    }
    if (seldom()) {
      scene.alert(1 + random.nextInt(3), any("a", "b"), "exited");
    }
  }

  private void turn() {
    switch (random.nextInt(5)) {
      case 0 -> scene.notQueued();
      case 1 -> scene.behind("b");
      default -> {}
    }
    if (seldom()) {
      scene.here.slotsFor(Admissions.OVERDUE);
    }
    if (random.nextInt(4) == 0) {
      scene.cut("c" + revision(), "c" + revision());
    }
  }

  private void slots() {
    String session = often() ? Scene.SESSION : "other";
    switch (random.nextInt(5)) {
      case 0 -> scene.slot(random.nextInt(3), "b", revision(), "other");
      case 1 -> scene.silent(random.nextInt(3), "b", revision(), upTo(20));
      case 2 -> scene.silent(random.nextInt(3), Scene.ME, revision(), upTo(20));
      case 3 -> scene.slot(random.nextInt(3), Scene.ME, revision(), session);
      default -> {}
    }
  }

  private void container(long revision) {
    switch (random.nextInt(6)) {
      case 0 -> scene.here.created(revision);
      case 1 -> exited(revision);
      case 2, 3, 4 -> running(revision);
      default -> image(revision);
    }
    if (seldom()) {
      scene.here.refused(revision, "refused");
    }
    if (seldom()) {
      scene.here.retryIn(revision, upTo(5));
    }
    if (seldom()) {
      scene.here.stopping(revision);
    }
  }

  private void exited(long revision) {
    if (often()) {
      scene.here.running(revision);
      route(revision);
    }
    scene.here.exited(revision, random.nextInt(3));
  }

  private void running(long revision) {
    scene.here.running(revision);
    switch (random.nextInt(4)) {
      case 0 -> scene.here.passed(revision);
      case 1 -> scene.here.failing(revision, "HTTP 503", upTo(20));
      case 2 -> scene.here.seen(revision, upTo(20));
      default -> {}
    }
    route(revision);
    if (often()) {
      scene.here.connections(revision, random.nextInt(3));
    }
    watched(revision);
    if (seldom()) {
      scene.here.running(revision); // another life
    }
  }

  private void watched(long revision) {
    if (seldom()) {
      scene.here.failingSince(revision, "HTTP 503", random.nextInt(5), upTo(2));
    }
    if (seldom()) {
      scene.here.connectFailures(revision, random.nextInt(5));
    }
    if (seldom()) {
      scene.recorded(Phase.WATCHING, any("", "HTTP 503"));
    }
  }

  private void route(long revision) {
    if (random.nextInt(3) == 0) {
      scene.here.routedTo(revision, upTo(20));
    }
  }

  private void image(long revision) {
    switch (random.nextInt(4)) {
      case 0 -> scene.here.pull(revision, new PullState.Running(random.nextInt(9), 9));
      case 1 -> scene.here.pull(revision, new PullState.Failed("no such image"));
      case 2 -> scene.here.pull(revision, new PullState.Done());
      default -> {}
    }
  }

  private void outages() {
    switch (random.nextInt(16)) {
      case 0 -> scene.here.proxyDown();
      case 1 -> scene.here.proxyMute();
      case 2 -> scene.here.engineMute();
      case 3 -> scene.disconnected();
      case 4 -> scene.leaseEnding();
      default -> {}
    }
  }

  private long revision() {
    return 1 + random.nextLong(3);
  }

  private Duration upTo(long seconds) {
    return Duration.ofMillis(random.nextLong(seconds * 1000));
  }

  private boolean often() {
    return random.nextInt(10) < 7;
  }

  private boolean seldom() {
    return random.nextInt(10) == 0;
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }
}
