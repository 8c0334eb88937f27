package gantry.engine.exec;

import gantry.api.Clock;
import gantry.api.container.ContainerDriver;
import gantry.api.coordination.Coordinator;
import gantry.api.proxy.Proxy;
import gantry.engine.config.Checks;
import gantry.engine.event.RolloutListener;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * This machine and all that acts on it. One per process, shared by the loops of all components.
 *
 * @param machine this machine's name in the fleet
 * @param bind address of the proxy's listeners
 * @param stateDir this machine's state folder
 * @param jobs runs what takes long; one that runs at once in the caller makes everything
 *     single-threaded
 */
public record Site(
    String machine,
    String bind,
    Path stateDir,
    Clock clock,
    ContainerDriver driver,
    Proxy proxy,
    Coordinator coordinator,
    Checks checks,
    RolloutListener listener,
    Executor jobs) {}
