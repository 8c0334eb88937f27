package gantry.proxy.control;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param stateDir the state folder; when absent, one that belongs to the file of routes
 * @param routes a file whose routes are to be in force
 * @param tuning goes before what the file says
 * @param upgrade whether to take over from the proxy that runs on the folder, if there is one
 */
public record ProxySettings(
    Optional<Path> stateDir, Optional<Path> routes, Tuning tuning, boolean upgrade) {}
