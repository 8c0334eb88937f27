package gantry.plugin.coordinator.etcd;

import gantry.api.PluginContext;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.CoordinatorFactory;
import org.pf4j.Extension;

/**
 * Adds the coordinator {@code etcd}. Its option {@code etcd.endpoints} is a list of URLs or {@code
 * host:port}, separated by commas; the default is {@value EtcdEndpoints#DEFAULT}.
 */
@Extension
public final class EtcdCoordinatorFactory implements CoordinatorFactory {
  /** Called by the plugin host. */
  public EtcdCoordinatorFactory() {}

  @Override
  public String kind() {
    return "etcd";
  }

  @Override
  public Coordinator create(PluginContext context) {
    EtcdEndpoints endpoints =
        EtcdEndpoints.parse(context.option("etcd.endpoints").orElse(EtcdEndpoints.DEFAULT));
    return new EtcdCoordinator(endpoints, context.clock());
  }
}
