package gantry.testkit.proxy;

import java.util.Optional;

/** A connection of the twin. */
final class InMemoryConnection implements HeldConnection {
  private final InMemoryProxy proxy;
  private final Optional<InMemoryTraffic.Open> open;

  InMemoryConnection(InMemoryProxy proxy, Optional<InMemoryTraffic.Open> open) {
    this.proxy = proxy;
    this.open = open;
  }

  @Override
  public Optional<String> backend() {
    return open.map(InMemoryTraffic.Open::backend);
  }

  @Override
  public boolean isAlive() {
    open.ifPresent(proxy::speak);
    return open.filter(proxy::isOpen).isPresent();
  }

  @Override
  public void close() {
    open.ifPresent(proxy::end);
  }
}
