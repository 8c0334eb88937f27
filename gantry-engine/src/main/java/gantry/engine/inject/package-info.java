/** Wires the engine with Guice. Plugins are handed over as factories, so they need no Guice. */
@NullMarked
package gantry.engine.inject;

import org.jspecify.annotations.NullMarked;
