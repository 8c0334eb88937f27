/**
 * What plugins and the engine share: errors, time, endpoints and the reading of configured fields.
 *
 * <p>Start with the extension points, one package each: {@link gantry.api.check}, {@link
 * gantry.api.container}, {@link gantry.api.proxy} and {@link gantry.api.coordination}. Every method
 * here may be called from any thread and may block unless its documentation says otherwise; the
 * engine calls from virtual threads.
 */
@NullMarked
package gantry.api;

import org.jspecify.annotations.NullMarked;
