package gantry.proxy.tcp;

import java.net.InetSocketAddress;

/** An active backend of a route: where to connect and whom to count it for. */
public record Target(Tally tally, InetSocketAddress address) {}
