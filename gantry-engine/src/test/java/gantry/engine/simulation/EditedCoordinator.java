package gantry.engine.simulation;

import gantry.api.Subscription;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Entry;
import gantry.api.coordination.Listing;
import gantry.api.coordination.Outcome;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
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
  public Optional<Entry> get(String key) {
    return real.get(key);
  }

  @Override
  public Listing list(String prefix) {
    return real.list(prefix);
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
  public Subscription watch(String prefix, Runnable wake) {
    return real.watch(prefix, wake);
  }

  @Override
  public void close() {
    real.close();
  }
}
