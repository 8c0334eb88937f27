package gantry.plugin.proxy.netty;

import gantry.api.proxy.HttpOptions;
import gantry.api.proxy.RouteOptions;

/** Translates a route's options. */
final class OptionForms {
  private OptionForms() {}

  static gantry.proxy.wire.RouteOptions toWire(RouteOptions options) {
    return new gantry.proxy.wire.RouteOptions(
        options.connectTimeout(),
        options.idleTimeout(),
        options.maxConnections(),
        options.proxyProtocolV2(),
        options.hold(),
        new gantry.proxy.wire.HttpOptions(
            options.http().headTimeout(),
            options.http().keepAliveTimeout(),
            options.http().trustForwarded()));
  }

  static RouteOptions fromWire(gantry.proxy.wire.RouteOptions options) {
    return new RouteOptions(
        options.connectTimeout(),
        options.idleTimeout(),
        options.maxConnections(),
        options.proxyProtocol(),
        options.hold(),
        new HttpOptions(
            options.http().headTimeout(),
            options.http().keepAliveTimeout(),
            options.http().trustForwarded()));
  }
}
