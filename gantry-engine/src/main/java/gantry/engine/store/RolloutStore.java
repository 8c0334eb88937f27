package gantry.engine.store;

import gantry.api.Clock;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import gantry.api.Subscription;
import gantry.api.container.Image;
import gantry.api.coordination.Condition;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import gantry.engine.spec.ComponentSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads what machines share, and carries out what users ask for. Safe for any thread. Errors are
 * those of {@link Coordinator}.
 */
public final class RolloutStore {
  /** How often a user's command is tried again because somebody else wrote at the same time. */
  private static final int MAX_CONFLICTS = 20;

  private final Coordinator coordinator;
  private final Clock clock;

  private final Revisions revisions;

  /** A store over this coordinator. */
  public RolloutStore(Coordinator coordinator, Clock clock) {
    this.coordinator = coordinator;
    this.clock = clock;
    this.revisions = new Revisions(coordinator);
  }

  /** The raw configuration of a project. */
  public Optional<String> config(String project) {
    return coordinator.get(Keys.config(project)).map(entry -> entry.value());
  }

  /** Replaces the raw configuration of a project. Nothing that runs changes. */
  public void setConfig(String project, String text) {
    commit(List.of(), List.of(Write.put(Keys.config(project), text)));
  }

  /** All that decides over a component's rollout now. */
  public RolloutSnapshot snapshot(ComponentKey key) {
    return new SnapshotReader(key).read(coordinator.list(Keys.rollout(key)));
  }

  /** The same, asked for together with other things. */
  public Supplier<RolloutSnapshot> snapshot(ComponentKey key, Batch batch) {
    return batch.prefix(Keys.rollout(key), listing -> new SnapshotReader(key).read(listing));
  }

  /** Those of these revisions that there are, by number. */
  public Map<Long, Revision> revisions(ComponentKey key, Set<Long> numbers) {
    return revisions.find(key, numbers);
  }

  /** One revision; empty when there is none of this number. */
  public Optional<Revision> revision(ComponentKey key, long number) {
    return Optional.ofNullable(revisions(key, Set.of(number)).get(number));
  }

  /**
   * Asks, together with other things, for a revision that may be there soon, so that {@link
   * #revisions} need not.
   *
   * @return to be run when the batch was read
   */
  public Runnable expect(ComponentKey key, long number, Batch batch) {
    return revisions.expect(key, number, batch);
  }

  /** What one machine says of itself. */
  public Optional<Versioned<MachineRecord>> machine(ComponentKey key, String machine) {
    return coordinator
        .get(Keys.machine(key, machine))
        .map(entry -> Json.read(entry, MachineRecord.class));
  }

  /** The same, asked for together with other things. */
  public Supplier<Optional<Versioned<MachineRecord>>> machine(
      ComponentKey key, String machine, Batch batch) {
    return batch.value(Keys.machine(key, machine), MachineRecord.class);
  }

  /** What every machine says of itself, by machine name. */
  public List<MachineRecord> machines(ComponentKey key) {
    return coordinator.list(Keys.machines(key)).entries().stream()
        .map(entry -> Json.read(entry, MachineRecord.class).value())
        .toList();
  }

  /** Agents that are there now, by machine. */
  public List<Presence> presences(String project) {
    return new PresenceStore(coordinator, project).all();
  }

  /** Wakes when anything that decides over the rollout may have changed. */
  public Subscription watch(ComponentKey key, Runnable wake) {
    return coordinator.watch(Keys.rollout(key), wake);
  }

  /**
   * Tells when what is desired, the alert, or the newest proven revision may have changed, as
   * {@link Coordinator#watch(String, long, LongConsumer)} does.
   */
  public Subscription watchWishes(ComponentKey key, long after, LongConsumer changed) {
    List<Subscription> all =
        Stream.of(Keys.desired(key), Keys.alert(key), Keys.proven(key))
            .map(where -> coordinator.watch(where, after, changed))
            .toList();
    return () -> all.forEach(Subscription::close);
  }

  /** Tells when a slot may have been taken or freed. */
  public Subscription watchSlots(ComponentKey key, long after, LongConsumer changed) {
    return coordinator.watch(Keys.slots(key), after, changed);
  }

  /** Tells when a machine's place in the queue may have become free. */
  public Subscription watchQueued(
      ComponentKey key, String machine, long after, LongConsumer changed) {
    return coordinator.watch(Keys.queued(key, machine), after, changed);
  }

  /** Wakes when any machine may have written its record. */
  public Subscription watchMachines(ComponentKey key, Runnable wake) {
    return coordinator.watch(Keys.machines(key), wake);
  }

  /**
   * Makes a new revision and asks for it: an update's one write. An alert about an older revision
   * goes with it, like the admissions of machines that were reported lost.
   */
  public Revision release(ComponentKey key, ComponentSpec spec, Image image, String by) {
    return release(key, spec, image, by, List.of());
  }

  /**
   * The same for some machines first.
   *
   * @param machines the only ones that may take it until {@link #promote}; empty for all
   */
  public Revision release(
      ComponentKey key, ComponentSpec spec, Image image, String by, List<String> machines) {
    return retried(
        key,
        snapshot -> {
          long number = snapshot.desired().map(d -> d.value().revision() + 1).orElse(1L);
          Revision revision = new Revision(number, spec, image, by, clock.wallTime());
          return asked(key, snapshot, revision, machines);
        });
  }

  /**
   * Asks for an earlier revision's configuration and image again, under a new number.
   *
   * @param to its number; empty for the newest before the desired one that has succeeded on some
   *     machine and is something else
   */
  public Revision rollback(ComponentKey key, OptionalLong to, String by) {
    return retried(
        key,
        snapshot -> {
          long desired = existing(key, snapshot).value().revision();
          Revision target = new Rollbacks(this, key).target(desired, to);
          return asked(
              key, snapshot, target.restored(desired + 1, by, clock.wallTime()), List.of());
        });
  }

  private static Attempt<Revision> asked(
      ComponentKey key, RolloutSnapshot snapshot, Revision revision, List<String> machines) {
    long number = revision.number();
    Desired desired =
        new Desired(number, DesiredStatus.READY, revision.by(), revision.at(), machines, false);
    List<Write> writes = new ArrayList<>();
    writes.add(Write.put(Keys.revision(key, number), Json.write(revision)));
    writes.add(Write.put(Keys.desired(key), Json.write(desired)));
    List<Condition> conditions = new ArrayList<>(guard(key, snapshot));
    snapshot.alert().ifPresent(alert -> clearFailure(key, snapshot, conditions, writes));
    return new Attempt<>(conditions, writes, revision);
  }

  /** Every revision with what came of it, the newest first. */
  public List<Past> history(ComponentKey key) {
    Map<Long, Success> successes = new HashMap<>();
    each(Keys.successes(key), Success.class, s -> successes.put(s.revision(), s));
    Map<Long, Alert> failures = new HashMap<>();
    each(Keys.failures(key), Alert.class, a -> failures.put(a.revision(), a));
    List<Past> history = new ArrayList<>();
    each(
        Keys.revisions(key),
        Revision.class,
        r ->
            history.add(
                new Past(
                    r,
                    Optional.ofNullable(successes.get(r.number())),
                    Optional.ofNullable(failures.get(r.number())))));
    history.sort(Comparator.comparingLong((Past past) -> past.revision().number()).reversed());
    return history;
  }

  /** Why a revision failed, when an alert about it stood once; also after it is gone. */
  public Optional<Alert> failure(ComponentKey key, long number) {
    return coordinator
        .get(Keys.failure(key, number))
        .map(entry -> Json.read(entry, Alert.class).value());
  }

  private <T> void each(String prefix, Class<T> type, Consumer<T> consumer) {
    coordinator
        .list(prefix)
        .entries()
        .forEach(entry -> consumer.accept(Json.read(entry, type).value()));
  }

  /** Asks for another status of the same revision. */
  public Desired setStatus(ComponentKey key, DesiredStatus status, String by) {
    return retried(
        key,
        snapshot -> {
          Desired desired = existing(key, snapshot).value().with(status, by, clock.wallTime());
          return new Attempt<>(guard(key, snapshot), write(key, desired), desired);
        });
  }

  /**
   * Lets nobody else take the desired revision, or lets machines take it again.
   *
   * @return whether that was so already, and nothing was changed
   */
  public boolean pause(ComponentKey key, boolean paused, String by) {
    return retried(
        key,
        snapshot -> {
          Desired now = existing(key, snapshot).value();
          Desired next = now.paused(paused, by, clock.wallTime());
          boolean same = now.paused() == paused;
          return new Attempt<>(guard(key, snapshot), same ? List.of() : write(key, next), same);
        });
  }

  /**
   * Lets all machines take what was tried on some; a pause ends with it.
   *
   * @return the machines that it was tried on; empty when it was for all already
   */
  public List<String> promote(ComponentKey key, String by) {
    return retried(
        key,
        snapshot -> {
          Desired now = existing(key, snapshot).value();
          Desired next = now.promoted(by, clock.wallTime());
          return new Attempt<>(
              guard(key, snapshot), now.canary() ? write(key, next) : List.of(), now.machines());
        });
  }

  private static List<Write> write(ComponentKey key, Desired desired) {
    return List.of(Write.put(Keys.desired(key), Json.write(desired)));
  }

  /**
   * Lets machines try the desired revision again: the alert goes, and with it the admissions of
   * machines that were reported lost, which would keep others waiting.
   *
   * @return the alert that stood; empty when there was none and nothing was changed
   */
  public Optional<Alert> retry(ComponentKey key) {
    return retried(
        key,
        snapshot -> {
          long revision = existing(key, snapshot).value().revision();
          List<Condition> conditions = new ArrayList<>(guard(key, snapshot));
          List<Write> writes = new ArrayList<>();
          snapshot.alert().ifPresent(alert -> clearFailure(key, snapshot, conditions, writes));
          return new Attempt<>(conditions, writes, snapshot.alertFor(revision));
        });
  }

  /** The alert goes, and with it the admissions of lost machines, which would block the slots. */
  private static void clearFailure(
      ComponentKey key, RolloutSnapshot snapshot, List<Condition> conditions, List<Write> writes) {
    long seen = snapshot.alert().orElseThrow().modRevision();
    conditions.add(new Condition.Unchanged(Keys.alert(key), seen));
    writes.add(Write.delete(Keys.alert(key)));
    snapshot.slots().stream()
        .filter(SlotView::silent)
        .forEach(slot -> clearSilent(key, slot, conditions, writes));
  }

  private static void clearSilent(
      ComponentKey key, SlotView slot, List<Condition> conditions, List<Write> writes) {
    conditions.add(new Condition.Absent(Keys.slot(key, slot.index())));
    writes.add(Write.delete(Keys.admission(key, slot.index())));
  }

  private static Versioned<Desired> existing(ComponentKey key, RolloutSnapshot snapshot) {
    return snapshot
        .desired()
        .orElseThrow(
            () ->
                new GantryException(
                    ErrorCode.NOT_FOUND,
                    "component '" + key.component() + "' was never updated: it has no revision",
                    "gantryd update " + key.project() + " -c " + key.component(),
                    null));
  }

  /** Nobody else asked for something in between. */
  private static List<Condition> guard(ComponentKey key, RolloutSnapshot snapshot) {
    return List.of(
        snapshot
            .desired()
            .<Condition>map(d -> new Condition.Unchanged(Keys.desired(key), d.modRevision()))
            .orElseGet(() -> new Condition.Absent(Keys.desired(key))));
  }

  private record Attempt<T>(List<Condition> conditions, List<Write> writes, T result) {}

  private interface Proposal<T> {
    Attempt<T> from(RolloutSnapshot snapshot);
  }

  private <T> T retried(ComponentKey key, Proposal<T> proposal) {
    for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      Attempt<T> attempt = proposal.from(snapshot(key));
      if (attempt.writes().isEmpty() || isDone(attempt)) {
        return attempt.result();
      }
    }
    throw new GantryException(
        ErrorCode.BUSY,
        "component '"
            + key.component()
            + "' was changed by others "
            + MAX_CONFLICTS
            + " times in a row while this command tried to; nothing was changed by it",
        "run it again",
        null);
  }

  /**
   * When the answer is lost, what is stored says whether it was done: no value is written twice.
   */
  private boolean isDone(Attempt<?> attempt) {
    try {
      return commit(attempt.conditions(), attempt.writes());
    } catch (GantryException e) {
      if (e.code() == ErrorCode.OUTCOME_UNKNOWN
          && attempt.writes().stream().allMatch(this::stands)) {
        return true;
      }
      throw e;
    }
  }

  private boolean stands(Write write) {
    Optional<String> stored = coordinator.get(write.key()).map(Entry::value);
    return switch (write) {
      case Write.Put put -> stored.filter(put.value()::equals).isPresent();
      case Write.Delete delete -> stored.isEmpty();
    };
  }

  private boolean commit(List<Condition> conditions, List<Write> writes) {
    Outcome outcome = coordinator.commit(new Transaction(conditions, writes));
    return outcome.committed();
  }
}
