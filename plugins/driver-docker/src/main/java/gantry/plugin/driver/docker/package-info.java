/**
 * Containers through a Docker engine. Start with {@link gantry.plugin.driver.docker.DockerDriver},
 * which says what a driver does in terms of {@link gantry.plugin.driver.docker.Engine}, the one
 * place where calls are made, bounded and their errors told apart.
 *
 * <p>docker-java speaks the engine's language; the transport below it ({@link
 * gantry.plugin.driver.docker.EngineTransport}) is our own, because a call that hangs must be ended
 * from outside and short commands must start fast.
 */
@NullMarked
package gantry.plugin.driver.docker;

import org.jspecify.annotations.NullMarked;
