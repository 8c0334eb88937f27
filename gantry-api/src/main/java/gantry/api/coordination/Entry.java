package gantry.api.coordination;

/**
 * A key and its value.
 *
 * @param createRevision store revision at which the key came into being; a key that was deleted and
 *     written again has a new one
 * @param modRevision store revision of its last write
 */
public record Entry(String key, String value, long createRevision, long modRevision) {}
