package gantry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import gantry.api.container.ContainerId;
import gantry.engine.store.Desired;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.Revision;
import gantry.engine.store.SlotView;
import gantry.engine.store.Versioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What no plan may do, judged from its observation alone. */
final class Rules {
  private final Observation o;
  private final Plan plan;

  Rules(Observation o, Plan plan) {
    this.o = o;
    this.plan = plan;
  }

  void check() {
    whole();
    plan.actions().forEach(this::check);
  }

  private void whole() {
    if (o.engine() instanceof EngineView.Unreachable) {
      assertThat(plan.actions())
          .as("the engine is mute")
          .allMatch(Action.LeaveQueue.class::isInstance);
      assertThat(plan.quiet()).as("the engine is mute").isFalse();
    }
    if (plan.quiet()) {
      assertThat(plan.actions()).as("a quiet plan").isEmpty();
    }
    assertThat(count(Action.ApplyRoutes.class)).as("route changes in one plan").isLessThan(2);
    assertThat(count(Action.AcquireSlot.class)).as("slots in one plan").isLessThan(2);
    Set<ContainerId> touched = new HashSet<>();
    plan.actions().stream()
        .flatMap(action -> touched(action).stream())
        .forEach(id -> assertThat(touched.add(id)).as("two things done to %s", id).isTrue());
  }

  private long count(Class<? extends Action> kind) {
    return plan.actions().stream().filter(kind::isInstance).count();
  }

  private static List<ContainerId> touched(Action action) {
    return switch (action) {
      case Action.Start a -> List.of(a.id());
      case Action.CheckReady a -> List.of(a.container().id());
      case Action.Stop a -> List.of(a.id());
      case Action.Kill a -> List.of(a.id());
      case Action.Remove a -> List.of(a.id());
      case Action.StartProxy a -> List.of();
      case Action.AcquireSlot a -> List.of();
      case Action.ReclaimSlot a -> List.of();
      case Action.AdmitProven a -> List.of();
      case Action.Enqueue a -> List.of();
      case Action.LeaveQueue a -> List.of();
      case Action.ReportLost a -> List.of();
      case Action.Pull a -> List.of();
      case Action.Create a -> List.of();
      case Action.ApplyRoutes a -> List.of();
      case Action.FinishUpdate a -> List.of();
      case Action.FailUpdate a -> List.of();
      case Action.LeaveSlot a -> List.of();
      case Action.Adopt a -> List.of();
      case Action.SettleCut a -> List.of();
    };
  }

  private void check(Action action) {
    switch (action) {
      case Action.StartProxy a -> assertThat(o.proxy()).isInstanceOf(ProxyView.Down.class);
      case Action.AcquireSlot a -> acquire(a);
      case Action.ReclaimSlot a -> own(a.slot());
      case Action.AdmitProven a -> admitProven(a);
      case Action.Enqueue a -> enqueue();
      case Action.LeaveQueue a -> assertThat(o.turn().queued()).isTrue();
      case Action.ReportLost a -> reportLost(a);
      case Action.Pull a -> missing(a.revision());
      case Action.Create a -> missing(a.revision());
      case Action.Start a -> assertThat(view(a.id()).status().isRunning()).isFalse();
      case Action.CheckReady a -> assertThat(a.container().status().isRunning()).isTrue();
      case Action.ApplyRoutes a -> new RouteRules(o, a, admitsBefore(a)).check();
      case Action.FinishUpdate a -> finish(a);
      case Action.FailUpdate a -> fail(a);
      case Action.LeaveSlot a -> own(a.slot());
      case Action.Adopt a -> adopt(a);
      case Action.SettleCut a -> settle(a);
      case Action.Stop a -> stop(a);
      case Action.Kill a -> assertThat(status()).isEqualTo(DesiredStatus.KILLED);
      case Action.Remove a -> remove(a);
    }
  }

  /** A plan ends where an admission is rejected, so that what follows one is under it. */
  private boolean admitsBefore(Action.ApplyRoutes routes) {
    return plan.actions().stream()
        .takeWhile(action -> !action.equals(routes))
        .anyMatch(
            action ->
                action instanceof Action.AdmitProven admit
                    && admit.revision() == routes.revision());
  }

  private void acquire(Action.AcquireSlot a) {
    connected();
    assertThat(o.lease().held()).isTrue();
    assertThat(status()).isEqualTo(DesiredStatus.READY);
    assertThat(a.revision()).isEqualTo(desired());
    assertThat(o.rollout().alertFor(a.revision())).isEmpty();
    assertThat(o.rollout().admissionOf(Scene.ME)).isEmpty();
    mayTake();
    int limit = o.revision(a.revision()).orElseThrow().spec().update().maxParallel();
    assertThat(a.index()).isLessThan(limit);
    assertThat(o.rollout().slots()).hasSizeLessThan(limit);
    assertThat(o.rollout().slots()).extracting(SlotView::index).doesNotContain(a.index());
  }

  private void enqueue() {
    connected();
    assertThat(o.lease().held()).isTrue();
    assertThat(o.turn().queued()).isFalse();
    assertThat(o.rollout().admissionOf(Scene.ME)).isEmpty();
  }

  private void mayTake() {
    Desired wanted = o.rollout().desired().orElseThrow().value();
    assertThat(wanted.covers(Scene.ME)).isTrue();
    assertThat(wanted.paused()).isFalse();
  }

  private void admitProven(Action.AdmitProven a) {
    connected();
    mayTake();
    assertThat(a.revision()).isEqualTo(desired());
    assertThat(o.rollout().alertFor(a.revision())).isEmpty();
    Revision revision = o.revision(a.revision()).orElseThrow();
    if (!revision.isRollback()) {
      assertThat(o.rollout().proven()).isEqualTo(a.revision());
      assertThat(o.containers()).isEmpty();
    } else if (!o.containers().isEmpty()) {
      ContainerView container = o.container(a.revision()).orElseThrow();
      assertThat(container.status().isRunning()).isTrue();
      assertThat(o.memory().stopping()).doesNotContain(container.id());
    }
  }

  private void reportLost(Action.ReportLost a) {
    connected();
    assertThat(a.slot().silent()).isTrue();
    assertThat(a.slot().machine()).isPresent().get().isNotEqualTo(Scene.ME);
    assertThat(o.rollout().alert()).isEmpty();
  }

  private void missing(Revision revision) {
    assertThat(o.container(revision.number())).isEmpty();
    assertThat(revision.number()).isIn(o.revisions().keySet());
  }

  private void finish(Action.FinishUpdate a) {
    held(a.slot(), a.revision());
    ContainerView container = o.container(a.revision()).orElseThrow();
    assertThat(container.status().isRunning()).isTrue();
    boolean ported = !o.revision(a.revision()).orElseThrow().spec().ports().isEmpty();
    assertThat(!ported || o.active(container)).as("it gets the traffic").isTrue();
  }

  private void fail(Action.FailUpdate a) {
    held(a.slot(), a.revision());
    assertThat(a.revision()).isEqualTo(desired());
    assertThat(a.reason()).isNotBlank();
  }

  /** This machine's own slot, bound to its present session, whose lease is certain. */
  private void held(SlotView slot, long revision) {
    own(slot);
    assertThat(o.lease().held()).isTrue();
    assertThat(slot.slot().orElseThrow().value().session()).isEqualTo(o.lease().session());
    assertThat(slot.slot().orElseThrow().value().revision()).isEqualTo(revision);
  }

  private void own(SlotView slot) {
    connected();
    assertThat(slot.machine()).contains(Scene.ME);
  }

  private void adopt(Action.Adopt a) {
    connected();
    assertThat(o.record().revision()).isZero();
    assertThat(o.active(o.container(a.revision()).orElseThrow())).isTrue();
  }

  private void stop(Action.Stop a) {
    ContainerView container = view(a.id());
    assertThat(container.status().isRunning()).isTrue();
    assertThat(o.active(container)).as("it gets traffic").isFalse();
    assertThat(o.proxy()).as("stopped blindly").isNotInstanceOf(ProxyView.Unreachable.class);
    if (o.proxy() instanceof ProxyView.Up up && !isCut(container)) {
      assertThat(up.connections(container.life())).as("connections").isZero();
    }
    notNeeded(container);
  }

  private boolean isCut(ContainerView container) {
    return o.connected()
        && o.cut().filter(c -> c.value().containers().contains(container.id().brief())).isPresent();
  }

  /** What still drains stays in it, and traffic does not leave what is struck from it. */
  private void settle(Action.SettleCut a) {
    connected();
    List<String> struck = new ArrayList<>(a.cut().value().containers());
    struck.removeAll(a.left());
    assertThat(struck).isNotEmpty();
    boolean serves =
        o.containers().stream().anyMatch(c -> struck.contains(c.id().brief()) && o.active(c));
    assertThat(serves && count(Action.ApplyRoutes.class) > 0).as("traffic leaves it").isFalse();
    o.containers().stream()
        .filter(c -> struck.contains(c.id().brief()) && !o.active(c) && c.status().isRunning())
        .forEach(
            c ->
                assertThat(o.proxy() instanceof ProxyView.Up up ? up.connections(c.life()) : 0)
                    .as("connections")
                    .isZero());
  }

  private void remove(Action.Remove a) {
    assertThat(view(a.id()).status().isRunning()).isFalse();
    notNeeded(view(a.id()));
  }

  /** What this machine is to run stays, and so does what it is admitted to. */
  private void notNeeded(ContainerView container) {
    if (status() == DesiredStatus.READY) {
      assertThat(container.revision()).isNotEqualTo(o.content(o.record().revision()));
      o.rollout()
          .admissionOf(Scene.ME)
          .flatMap(SlotView::admission)
          .ifPresent(
              a -> assertThat(container.revision()).isNotEqualTo(o.content(a.value().revision())));
    }
  }

  private void connected() {
    assertThat(o.connected()).as("the coordinator answers").isTrue();
  }

  private ContainerView view(ContainerId id) {
    return o.containers().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private long desired() {
    return o.rollout().desired().map(Versioned::value).orElseThrow().revision();
  }

  private DesiredStatus status() {
    return o.rollout().desired().map(Versioned::value).orElseThrow().status();
  }
}
