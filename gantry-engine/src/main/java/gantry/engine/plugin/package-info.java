/**
 * Finds and loads plugins: the shipped ones from the class path, dropped-in jars in loaders of
 * their own. Start with {@link gantry.engine.plugin.PluginHost}; {@link
 * gantry.engine.plugin.Extensions} is what the rest of the engine sees of them. PF4J gives the
 * index of extensions, the class loaders and the life cycle; finding, judging and making them is
 * done here, because PF4J logs what is wrong and goes on.
 */
@NullMarked
package gantry.engine.plugin;

import org.jspecify.annotations.NullMarked;
