package gantry.proxy.tcp;

import gantry.proxy.io.NativeAddress;

/** An active backend of a route: where to connect and whom to count it for. */
public record Target(Tally tally, NativeAddress address) {}
