package gantry.engine.store;

import java.util.Optional;

/**
 * A revision and what came of it.
 *
 * @param succeeded the last machine that took it; empty when none did
 * @param failed why the last machine that could not take it did not; empty when none failed
 */
public record Past(Revision revision, Optional<Success> succeeded, Optional<Alert> failed) {}
