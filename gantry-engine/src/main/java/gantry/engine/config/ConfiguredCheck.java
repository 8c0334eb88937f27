package gantry.engine.config;

import gantry.api.check.HealthCheck;
import java.time.Duration;

/**
 * A check that is ready to run.
 *
 * @param kind what the configuration calls it
 * @param timeout how long one attempt may take
 */
public record ConfiguredCheck(String kind, Duration timeout, HealthCheck check) {}
