/**
 * Reads {@code .gantry} files. Start with {@link gantry.engine.config.ConfigReader}; {@link
 * gantry.engine.config.Checks} makes the live checks of a component that was read. {@code
 * docs/configuration.md} lists every field.
 */
@NullMarked
package gantry.engine.config;

import org.jspecify.annotations.NullMarked;
