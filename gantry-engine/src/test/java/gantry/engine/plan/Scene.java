package gantry.engine.plan;

import gantry.api.container.Image;
import gantry.api.proxy.RouteKind;
import gantry.engine.spec.CheckSpec;
import gantry.engine.spec.ComponentSpec;
import gantry.engine.spec.DrainSpec;
import gantry.engine.spec.OnFailure;
import gantry.engine.spec.PortSpec;
import gantry.engine.spec.Specs;
import gantry.engine.spec.UpdateOrder;
import gantry.engine.spec.UpdateSpec;
import gantry.engine.store.Admission;
import gantry.engine.store.Alert;
import gantry.engine.store.AlertKind;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Cut;
import gantry.engine.store.Desired;
import gantry.engine.store.DesiredStatus;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Phase;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutSnapshot;
import gantry.engine.store.Slot;
import gantry.engine.store.SlotView;
import gantry.engine.store.Turn;
import gantry.engine.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * An observation in the making, as machine {@code a} sees component {@code shop/web}. At first
 * nothing is desired, nothing runs, and everything answers. The containers, the proxy and what is
 * remembered of them are told through {@link #here}.
 */
final class Scene {
  static final String ME = "a";
  static final String SESSION = "s1";
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration READY_TIMEOUT = Duration.ofSeconds(10);

  final MachineScene here = new MachineScene();
  private final TreeMap<Integer, SlotView> slots = new TreeMap<>();
  private final Map<Long, Long> silentSince = new HashMap<>();
  private final Map<Long, Long> restored = new HashMap<>();
  private @Nullable Desired desired;
  private @Nullable Alert alert;
  private long proven;
  private String last = "";
  private @Nullable Turn turn;
  private @Nullable Cut cut;
  private boolean connected = true;
  private long recordRevision;
  private Lease lease = new Lease(SESSION, true);
  private MachineRecord record = MachineRecord.none(ME);
  private UnaryOperator<ComponentSpec> spec = UnaryOperator.identity();

  Scene desired(long revision) {
    return desired(revision, DesiredStatus.READY);
  }

  Scene desired(long revision, DesiredStatus status) {
    desired = new Desired(revision, status, "ann@ops", TIME);
    return this;
  }

  /** Only these machines may take what is desired. */
  Scene canary(String... machines) {
    desired = new Desired(wanted(), DesiredStatus.READY, "ann@ops", TIME, List.of(machines), false);
    return this;
  }

  /** Nobody else may take what is desired for now. */
  Scene paused() {
    desired = new Desired(wanted(), DesiredStatus.READY, "ann@ops", TIME, List.of(), true);
    return this;
  }

  private long wanted() {
    return desired == null ? 0 : desired.revision();
  }

  /** The record says that this machine is to run it. */
  Scene record(long revision) {
    record = new MachineRecord(ME, revision, 0, Phase.READY, "", List.of(), TIME);
    return this;
  }

  /** The record says that this machine ran another revision before. */
  Scene previous(long revision) {
    record = new MachineRecord(ME, record.revision(), revision, Phase.READY, "", List.of(), TIME);
    return this;
  }

  /** A revision is a rollback to an earlier one. */
  Scene restores(long revision, long content) {
    restored.put(revision, content);
    return this;
  }

  Scene keepPrevious(Duration time) {
    return spec(new UpdateSpec(1, Duration.ZERO, time, OnFailure.HALT));
  }

  Scene onFailure(OnFailure onFailure) {
    return spec(new UpdateSpec(1, Duration.ZERO, Duration.ZERO, onFailure));
  }

  /** It runs a revision, and traffic goes there. */
  Scene serves(long revision) {
    record(revision);
    here.running(revision).routedTo(revision);
    return this;
  }

  /** This machine holds slot 0 for a revision. */
  Scene admitted(long revision) {
    return slot(0, ME, revision, SESSION);
  }

  Scene noSlot() {
    slots.clear();
    return this;
  }

  Scene slot(int index, String machine, long revision, String session) {
    Slot slot = new Slot(machine, revision, session);
    slots.put(
        index,
        new SlotView(
            index,
            Optional.of(new Versioned<>(slot, 20 + index, 20 + index)),
            Optional.of(admission(index, machine, revision))));
    return this;
  }

  /** A machine was admitted and its lease has ended, this long ago. */
  Scene silent(int index, String machine, long revision, Duration since) {
    slots.put(
        index,
        new SlotView(index, Optional.empty(), Optional.of(admission(index, machine, revision))));
    silentSince.put(40L + index, MachineScene.NOW - since.toNanos());
    return this;
  }

  private static Versioned<Admission> admission(int index, String machine, long revision) {
    return new Versioned<>(new Admission(machine, revision, TIME), 40 + index, 40 + index);
  }

  Scene alert(long revision, String machine, String reason) {
    alert = new Alert(revision, AlertKind.UPDATEFAIL, machine, reason, List.of(), TIME);
    return this;
  }

  Scene proven(long revision) {
    proven = revision;
    return this;
  }

  /** It does not stand in the queue. */
  Scene notQueued() {
    turn = Turn.NONE;
    return this;
  }

  /** Another machine is before it in the queue. */
  Scene behind(String machine) {
    turn = new Turn(true, Optional.of(machine));
    return this;
  }

  /** Who finished an update last. */
  Scene last(String machine) {
    last = machine;
    return this;
  }

  /** Drains of these containers were ended by hand. */
  Scene cut(String... containers) {
    cut = new Cut(List.of(containers), "ann@ops", TIME);
    return this;
  }

  Scene disconnected() {
    connected = false;
    return this;
  }

  Scene leaseEnding() {
    lease = new Lease(SESSION, false);
    return this;
  }

  /** So many of a hundred machines at a time. */
  Scene parallelPercent(int percent, int machines) {
    turn = new Turn(true, Optional.empty(), machines);
    return spec(
        new UpdateSpec(
            1,
            Duration.ZERO,
            Duration.ZERO,
            OnFailure.HALT,
            percent,
            UpdateOrder.START_FIRST,
            Duration.ZERO));
  }

  Scene maxParallel(int machines) {
    return spec(new UpdateSpec(machines, Duration.ZERO));
  }

  /** What was written down while this machine holds its slot. */
  Scene recorded(Phase phase, String reason) {
    record = record.with(record.revision(), phase, reason, TIME);
    return this;
  }

  Scene minHealthy(Duration time) {
    return spec(new UpdateSpec(1, time));
  }

  Scene update(UpdateSpec update) {
    return spec(update);
  }

  /** The record is older than this machine's slot. */
  Scene recordedBefore() {
    recordRevision = 5;
    return this;
  }

  Scene stopFirst() {
    return spec(UpdateSpec.DEFAULT.stopFirst());
  }

  private Scene spec(UpdateSpec update) {
    return change(s -> Specs.with(s, update, s.drain()));
  }

  Scene drain(DrainSpec limits) {
    return change(s -> Specs.with(s, s.update(), limits));
  }

  Scene progressDeadline(Duration time) {
    return change(s -> Specs.with(s, s.update().within(time), s.drain()));
  }

  Scene withoutPorts() {
    return change(s -> with(s, List.of(), s.readyChecks()));
  }

  Scene withoutChecks() {
    return change(s -> with(s, s.ports(), List.of()));
  }

  private Scene change(UnaryOperator<ComponentSpec> next) {
    UnaryOperator<ComponentSpec> before = spec;
    spec = s -> next.apply(before.apply(s));
    return this;
  }

  private static ComponentSpec with(ComponentSpec s, List<PortSpec> ports, List<CheckSpec> checks) {
    return new ComponentSpec(
        s.name(),
        s.repo(),
        s.tag(),
        s.command(),
        ports,
        checks,
        s.readyTimeout(),
        s.environmentVariables(),
        s.update());
  }

  private Revision revision(long number) {
    ComponentSpec plain =
        new ComponentSpec(
            "web",
            "shop/web",
            "latest",
            List.of(),
            List.of(new PortSpec(MachineScene.EXTERNAL, MachineScene.CONTAINER, RouteKind.TCP)),
            List.of(new CheckSpec("http", Duration.ofSeconds(1), Map.of("port", 80))),
            READY_TIMEOUT,
            Map.of(),
            UpdateSpec.DEFAULT);
    long restores = restored.getOrDefault(number, 0L);
    long content = restores == 0 ? number : restores;
    Image image = new Image("shop/web", "latest", "sha256:" + content, Optional.of("sha256:d"));
    return new Revision(number, spec.apply(plain), image, "ann@ops", TIME, restores);
  }

  /** Unless it is told otherwise, whoever waits is the first in the queue. */
  private Turn turn() {
    if (turn != null) {
      return turn;
    }
    boolean waits =
        desired != null
            && desired.status() == DesiredStatus.READY
            && desired.revision() != record.revision()
            && (alert == null || alert.revision() != desired.revision())
            && slots.values().stream().noneMatch(s -> s.machine().filter(ME::equals).isPresent());
    return waits ? new Turn(true, Optional.empty()) : Turn.NONE;
  }

  /** The revisions that an observer reads: desired, admitted, recorded. */
  private Map<Long, Revision> revisions() {
    long wanted = desired == null ? 0 : desired.revision();
    long admitted =
        slots.values().stream()
            .filter(s -> s.machine().filter(ME::equals).isPresent())
            .mapToLong(s -> s.admission().orElseThrow().value().revision())
            .findFirst()
            .orElse(0);
    return LongStream.of(wanted, admitted, record.revision(), record.previous())
        .filter(number -> number > 0)
        .distinct()
        .boxed()
        .collect(Collectors.toMap(number -> number, this::revision));
  }

  Observation observation() {
    RolloutSnapshot rollout =
        new RolloutSnapshot(
            Optional.ofNullable(desired).map(d -> new Versioned<>(d, 10, 10)),
            Optional.ofNullable(alert).map(a -> new Versioned<>(a, 30, 30)),
            List.copyOf(slots.values()),
            proven,
            last);
    return new Observation(
        MachineScene.NOW,
        new Observation.Place(new ComponentKey("shop", "web"), ME, MachineScene.BIND),
        connected,
        rollout,
        record,
        recordRevision > 0 ? recordRevision : record.at().equals(TIME) ? 50 : 0,
        revisions(),
        turn(),
        Optional.ofNullable(cut).map(c -> new Versioned<>(c, 60, 60)),
        here.engine(),
        here.proxy(),
        lease,
        here.memory(silentSince));
  }

  Plan plan() {
    return new RolloutPlanner().plan(observation());
  }

  /** What the plan does, in a few words each. */
  List<String> does() {
    return plan().actions().stream().map(Words::of).toList();
  }

  /** Phase and reason, as lists show them. */
  String says() {
    Report report = plan().report();
    return report.reason().isEmpty()
        ? report.phase().label()
        : report.phase().label() + ": " + report.reason();
  }
}
