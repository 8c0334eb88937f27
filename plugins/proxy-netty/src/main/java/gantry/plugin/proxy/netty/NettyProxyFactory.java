package gantry.plugin.proxy.netty;

import gantry.api.PluginContext;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyFactory;
import org.pf4j.Extension;

/**
 * The proxy that ships with Gantry. Option {@code proxy.command}: the program to start it with,
 * which is given {@code --state-dir DIR}; by default this JVM's {@code java}.
 */
@Extension
public final class NettyProxyFactory implements ProxyFactory {
  @Override
  public String kind() {
    return "netty";
  }

  @Override
  public Proxy create(PluginContext context) {
    return new NettyProxy(context);
  }
}
