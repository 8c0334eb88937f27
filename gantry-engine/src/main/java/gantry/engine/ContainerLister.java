package gantry.engine;

import gantry.api.GantryException;
import gantry.api.container.ContainerStatus;
import gantry.api.proxy.BackendStatus;
import gantry.api.proxy.ProxyStatus;
import gantry.engine.exec.Labels;
import gantry.engine.exec.Site;
import gantry.engine.plan.ContainerView;
import gantry.engine.store.ComponentKey;
import gantry.engine.store.Desired;
import gantry.engine.store.MachineRecord;
import gantry.engine.store.Revision;
import gantry.engine.store.RolloutStore;
import gantry.engine.store.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts together what a list shows of containers, from engine, proxy and coordinator. */
final class ContainerLister {
  private final Site site;
  private final ComponentKey key;
  private final Optional<ProxyStatus> proxy;
  private final Optional<Desired> desired;
  private final Optional<Revision> current;
  private final long runs;

  ContainerLister(Site site, ComponentKey key, RolloutStore store) {
    this.site = site;
    this.key = key;
    this.proxy = proxyStatus(site);
    this.desired = store.snapshot(key).desired().map(Versioned::value);
    this.current = desired.flatMap(d -> store.revision(key, d.revision()));
    this.runs =
        store
            .machine(key, site.machine())
            .map(Versioned::value)
            .map(MachineRecord::revision)
            .map(number -> store.revision(key, number).map(Revision::content).orElse(number))
            .orElse(0L);
  }

  /** A list is wanted most of all when something does not answer. */
  private static Optional<ProxyStatus> proxyStatus(Site site) {
    try {
      return site.proxy().status();
    } catch (GantryException e) {
      return Optional.empty();
    }
  }

  List<ContainerLine> lines() {
    return site.driver().list(Labels.of(key, site.machine())).reversed().stream()
        .map(status -> new ContainerView(status, Labels.revision(status)))
        .map(this::line)
        .toList();
  }

  private ContainerLine line(ContainerView container) {
    ContainerStatus status = container.status();
    Optional<BackendStatus> open = proxy.flatMap(p -> p.backend(key.toString(), container.life()));
    return new ContainerLine(
        container.id(),
        container.revision(),
        status.imageId(),
        imageName(status),
        word(container),
        status.isRunning() ? uptime(status) : Optional.empty(),
        proxy.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(open.map(BackendStatus::connections).orElse(0L)),
        open.map(BackendStatus::oldest).orElse(Duration.ZERO),
        open.flatMap(BackendStatus::draining),
        open.flatMap(BackendStatus::idle));
  }

  private String imageName(ContainerStatus status) {
    Optional<Revision> same = current.filter(r -> r.image().id().equals(status.imageId()));
    String hex = status.imageId().substring(status.imageId().indexOf(':') + 1);
    return same.map(r -> r.image().reference())
        .orElseGet(() -> hex.substring(0, Math.min(12, hex.length())));
  }

  private Optional<Duration> uptime(ContainerStatus status) {
    return status.startedAt().map(start -> Duration.between(start, site.clock().wallTime()));
  }

  private String word(ContainerView container) {
    if (!container.status().isRunning()) {
      return "exited";
    }
    if (isServing(container)) {
      return "running";
    }
    boolean comes = container.revision() != runs && isDesired(container);
    return comes ? "starting" : "draining";
  }

  private boolean isDesired(ContainerView container) {
    return current.filter(r -> r.content() == container.revision()).isPresent();
  }

  private boolean isServing(ContainerView container) {
    if (current.filter(r -> r.spec().ports().isEmpty()).isPresent()) {
      return container.revision() == runs;
    }
    return proxy.map(status -> status.routesOf(key.toString())).orElse(List.of()).stream()
        .flatMap(route -> route.backends().stream())
        .anyMatch(backend -> backend.active() && backend.id().equals(container.life()));
  }
}
