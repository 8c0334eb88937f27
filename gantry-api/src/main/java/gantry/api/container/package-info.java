/**
 * Containers and their images. {@link gantry.api.container.ContainerDriver} is what a driver plugin
 * implements; {@code ContainerDriverContract} in gantry-testkit is what it must pass.
 */
@NullMarked
package gantry.api.container;

import org.jspecify.annotations.NullMarked;
