package gantry.api.proxy;

import java.time.Duration;

/**
 * A backend's open connections, over all routes of its owner.
 *
 * @param connections exact at the moment of the answer; half-open ones count
 * @param oldest age of the oldest of them; zero when there is none
 */
public record BackendStatus(String owner, String id, long connections, Duration oldest) {}
