/**
 * Finds and loads plugins: the shipped ones from the class path, dropped-in jars in loaders of
 * their own. {@link gantry.engine.plugin.Extensions} is what the rest of the engine sees of them.
 */
@NullMarked
package gantry.engine.plugin;

import org.jspecify.annotations.NullMarked;
