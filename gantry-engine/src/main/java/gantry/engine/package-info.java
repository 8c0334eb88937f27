/**
 * Gantry as a library. {@link gantry.engine.Gantry} is the way in, for the command line and for
 * programs that embed it: install {@link gantry.engine.inject.EngineModule} and {@link
 * gantry.engine.inject.ExtensionsModule} and ask Guice for it.
 */
@NullMarked
package gantry.engine;

import org.jspecify.annotations.NullMarked;
