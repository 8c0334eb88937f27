/** What happens while a plan is carried out, told to whoever shows it to a human. */
@NullMarked
package gantry.engine.event;

import org.jspecify.annotations.NullMarked;
