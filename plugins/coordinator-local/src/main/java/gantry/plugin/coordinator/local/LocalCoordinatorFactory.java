package gantry.plugin.coordinator.local;

import gantry.api.PluginContext;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.CoordinatorFactory;
import org.pf4j.Extension;

/** Adds the coordinator {@code local}: files in the state folder, for one machine. */
@Extension
public final class LocalCoordinatorFactory implements CoordinatorFactory {
  private static final String FOLDER = "coordinator";

  /** Called by the plugin host. */
  public LocalCoordinatorFactory() {}

  @Override
  public String kind() {
    return "local";
  }

  @Override
  public Coordinator create(PluginContext context) {
    return new LocalCoordinator(context.stateDir().resolve(FOLDER));
  }
}
