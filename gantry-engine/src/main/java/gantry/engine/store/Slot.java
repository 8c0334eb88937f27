package gantry.engine.store;

/**
 * The right to take a new revision, bound to its holder's session: it ends with the holder.
 *
 * @param session the session that it is bound to, so that a restarted holder knows it is not its
 *     own
 */
public record Slot(String machine, long revision, String session) {}
