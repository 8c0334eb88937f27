package gantry.engine.store;

import gantry.api.container.Image;
import gantry.engine.spec.ComponentSpec;
import java.time.Instant;

/**
 * What an update creates: a configuration and the image that its tag stood for, never changed
 * afterwards.
 *
 * @param number grows by one with each update of the component, from 1
 */
public record Revision(long number, ComponentSpec spec, Image image, String by, Instant at) {}
