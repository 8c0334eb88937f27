package gantry.testkit.proxy;

import gantry.api.Subscription;
import gantry.api.proxy.Proxy;
import gantry.api.proxy.ProxyStatus;
import gantry.api.proxy.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One of several handles to a twin; closing it ends its own watches only. */
final class InMemoryProxyHandle implements Proxy {
  private final InMemoryProxy proxy;
  private final Set<Subscription> watches = ConcurrentHashMap.newKeySet();

  InMemoryProxyHandle(InMemoryProxy proxy) {
    this.proxy = proxy;
  }

  @Override
  public void start() {
    proxy.start();
  }

  @Override
  public void apply(String owner, List<Route> routes) {
    proxy.apply(owner, routes);
  }

  @Override
  public Optional<ProxyStatus> status() {
    return proxy.status();
  }

  @Override
  public Subscription watch(Runnable wake) {
    Subscription watch = proxy.watch(wake);
    watches.add(watch);
    return watch;
  }

  @Override
  public void close() {
    watches.forEach(Subscription::close);
    watches.clear();
  }
}
