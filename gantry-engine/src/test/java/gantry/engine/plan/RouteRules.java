package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.proxy.Backend;
import gantry.engine.store.Desired;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Revision;
import gantry.engine.store.Slot;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import java.time.Duration;

/** What no change of the routes may do. */
final class RouteRules {
  private final Observation o;
  private final Action.ApplyRoutes action;
  private final boolean admits;

  /**
   * Rules for one change.
   *
   * @param admits whether its plan admits this machine to its revision before
   */
  RouteRules(Observation o, Action.ApplyRoutes action, boolean admits) {
    this.o = o;
    this.action = action;
    this.admits = admits;
  }

  void check() {
    assertThat(o.proxy()).as("a mute proxy").isNotInstanceOf(ProxyView.Unreachable.class);
    if (action.routes().isEmpty()) {
      taken();
      return;
    }
    assertThat(desired().status()).isEqualTo(DesiredStatus.READY);
    if (action.revision() == 0) {
      closed();
      return;
    }
    onePrimary();
    ready();
    if (action.revision() != o.record().revision() && !admits) {
      fenced();
    }
  }

  /** Only what is to end, or leads nowhere. */
  private void taken() {
    if (desired().status() == DesiredStatus.READY) {
      assertThat(o.containers()).noneMatch(o::active);
      assertThat(action.fence()).isPresent();
    }
  }

  /** Listeners without backends, only where they lead to what has ended. */
  private void closed() {
    assertThat(action.routes()).allMatch(route -> route.backends().isEmpty());
    assertThat(o.containers()).noneMatch(o::active);
  }

  private void onePrimary() {
    String life = container().life();
    assertThat(action.routes().stream().flatMap(route -> route.backends().stream()))
        .isNotEmpty()
        .allMatch(Backend::active)
        .extracting(Backend::id)
        .containsOnly(life);
  }

  private void ready() {
    ContainerView container = container();
    assertThat(container.status().isRunning()).isTrue();
    assertThat(o.memory().stopping()).as("it is being stopped").doesNotContain(container.id());
    Probe probe = o.memory().probes().get(container.life());
    Revision revision = o.revision(action.revision()).orElseThrow();
    boolean settled =
        revision.spec().readyChecks().isEmpty()
            && probe != null
            && o.nowNanos() - probe.sinceNanos() >= Duration.ofSeconds(1).toNanos();
    boolean servedBefore = o.memory().activeSinceNanos().containsKey(container.life());
    assertThat((probe != null && probe.passed()) || settled || servedBefore)
        .as("it passed its checks in its present life")
        .isTrue();
  }

  private void fenced() {
    SlotView fence = action.fence().orElseThrow();
    Slot slot = fence.slot().orElseThrow().value();
    assertThat(o.connected()).isTrue();
    assertThat(o.lease().held()).as("the lease is held").isTrue();
    assertThat(slot.machine()).isEqualTo(Scene.ME);
    assertThat(slot.session()).isEqualTo(o.lease().session());
    assertThat(slot.revision()).isEqualTo(action.revision()).isEqualTo(desired().revision());
    assertThat(o.rollout().alertFor(action.revision())).isEmpty();
  }

  private ContainerView container() {
    return o.container(action.revision()).orElseThrow();
  }

  private Desired desired() {
    return o.rollout().desired().map(Versioned::value).orElseThrow();
  }
}
