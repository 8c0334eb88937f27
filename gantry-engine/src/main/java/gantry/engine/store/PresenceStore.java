package gantry.engine.store;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.List;

/** Which agents of a project are there. Errors are those of {@link Coordinator}. */
public final class PresenceStore {
  private final Coordinator coordinator;
  private final String project;

  /** The presences of a project. */
  public PresenceStore(Coordinator coordinator, String project) {
    this.coordinator = coordinator;
    this.project = project;
  }

  /** The agents of one machine that are there. */
  public List<Presence> of(String machine) {
    return read(Keys.presences(project, machine));
  }

  /** All agents that are there, by machine. */
  public List<Presence> all() {
    return read(Keys.presences(project));
  }

  private List<Presence> read(String prefix) {
    return coordinator.list(prefix).entries().stream()
        .map(entry -> Json.read(entry, Presence.class).value())
        .toList();
  }

  /** Says that an agent is there as long as its session. */
  public void put(Presence presence, Session session) {
    String where = Keys.presence(project, presence.machine(), session.id());
    coordinator.commit(
        new Transaction(List.of(), List.of(Write.put(where, Json.write(presence), session))));
  }
}
