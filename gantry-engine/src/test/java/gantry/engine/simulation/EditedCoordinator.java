package gantry.engine.simulation;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Range;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** A coordinator whose transactions are changed on their way. */
record EditedCoordinator(
    Coordinator real, UnaryOperator<Transaction> edit, Function<Session, Session> sessions)
    implements Coordinator {
  /** Leaves out the conditions and writes that a mutant forgets. */
  static Coordinator leavingOut(Coordinator real, Forgotten forgotten) {
    return new EditedCoordinator(
        real,
        t ->
            new Transaction(
                t.conditions().stream().filter(c -> !forgotten.condition(c)).toList(),
                t.writes().stream().filter(w -> !forgotten.write(w)).toList()),
        session -> session);
  }

  @Override
  public List<Listing> read(List<Range> ranges) {
    return real.read(ranges);
  }

  @Override
  public Outcome commit(Transaction transaction) {
    return real.commit(edit.apply(transaction));
  }

  @Override
  public Session openSession(Duration ttl) {
    return sessions.apply(real.openSession(ttl));
  }

  @Override
  public Subscription watch(String prefix, long after, LongConsumer changed) {
    return real.watch(prefix, after, changed);
  }

  @Override
  public void close() {
    real.close();
  }
}
