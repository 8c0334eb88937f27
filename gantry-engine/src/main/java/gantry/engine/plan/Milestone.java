package gantry.engine.plan;

/** The furthest step of an update, and since when nothing beyond it was seen. */
public record Milestone(Step step, long sinceNanos) {}
