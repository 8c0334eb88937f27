package gantry.plugin.coordinator.local;

import gantry.api.PluginContext;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.CoordinatorFactory;
import java.nio.file.Path;
import org.pf4j.Extension;

/**
 * Adds the coordinator {@code local}: files in the state folder, for one machine, or in the folder
 * that the option {@code coordinator.dir} names, for several "machines" of one host.
 */
@Extension
public final class LocalCoordinatorFactory implements CoordinatorFactory {
  private static final String FOLDER = "coordinator";
  private static final String FOLDER_OPTION = "coordinator.dir";

  /** Called by the plugin host. */
  public LocalCoordinatorFactory() {}

  @Override
  public String kind() {
    return "local";
  }

  @Override
  public Coordinator create(PluginContext context) {
    Path folder =
        context.option(FOLDER_OPTION).map(Path::of).orElse(context.stateDir().resolve(FOLDER));
    return new LocalCoordinator(folder);
  }
}
