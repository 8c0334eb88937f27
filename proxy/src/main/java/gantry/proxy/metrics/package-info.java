/**
 * Figures of the proxy in the text format of Prometheus, by HTTP. Start with {@link
 * gantry.proxy.metrics.MetricsEndpoint}.
 */
@NullMarked
package gantry.proxy.metrics;

import org.jspecify.annotations.NullMarked;
