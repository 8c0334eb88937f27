package gantry.proxy.metrics;

import java.util.function.IntToLongFunction;

/**
 * One HTTP route, as metrics tell of it.
 *
 * @param route the listener's address
 * @param ownAnswers how many answers of a class, 4 or 5, no backend gave
 */
public record RouteFigures(String route, String owner, IntToLongFunction ownAnswers) {}
