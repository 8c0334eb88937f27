package gantry.engine;

/**
 * A field whose value is another one.
 *
 * @param field its path, such as {@code ports[0].external}
 * @param before empty when it was not there
 * @param after empty when it is not there any more
 */
public record Difference(String field, String before, String after) {}
