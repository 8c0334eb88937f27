package gantry.engine.store;

import gantry.api.coordination.Coordinator;
import gantry.api.coordination.Session;
import gantry.api.coordination.Transaction;
import gantry.api.coordination.Write;
import java.util.List;
import java.util.Optional;

/** Which agents of a project are there. Errors are those of {@link Coordinator}. */
public final class PresenceStore {
  private final Coordinator coordinator;
  private final String project;

  /** The presences of a project. */
  public PresenceStore(Coordinator coordinator, String project) {
    this.coordinator = coordinator;
    this.project = project;
  }

  /** The agent of this name, if it is there. */
  public Optional<Presence> get(String machine) {
    return coordinator
        .get(Keys.presence(project, machine))
        .map(entry -> Json.read(entry, Presence.class).value());
  }

  /** Says that an agent is there as long as its session. */
  public void put(Presence presence, Session session) {
    String where = Keys.presence(project, presence.machine());
    coordinator.commit(
        new Transaction(List.of(), List.of(Write.put(where, Json.write(presence), session))));
  }
}
