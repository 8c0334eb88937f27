/**
 * Containers as plain processes, for machines without a container engine.
 *
 * <p>Start with {@link gantry.plugin.driver.process.ProcessDriver}. An image is a folder, kept as
 * an immutable copy by {@link gantry.plugin.driver.process.ImageStore}; a container is a {@link
 * gantry.plugin.driver.process.ContainerRecord} on disk; each of its starts is a {@link
 * gantry.plugin.driver.process.Life}, looked after by the shell script {@code supervise.sh}, which
 * goes on when no Gantry process runs. Everything that matters stands in files and {@code /proc},
 * so any number of processes may use one state folder, and any of them may be killed at any moment.
 */
@NullMarked
package gantry.plugin.driver.process;

import org.jspecify.annotations.NullMarked;
