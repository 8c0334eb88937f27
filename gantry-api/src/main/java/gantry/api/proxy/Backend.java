package gantry.api.proxy;

import gantry.api.Endpoint;

/**
 * Where connections go.
 *
 * @param id the owner's name for it, the same in all routes that lead to the same container
 * @param active whether it gets new connections; one that is not active keeps those it has
 */
public record Backend(String id, Endpoint endpoint, boolean active) {}
