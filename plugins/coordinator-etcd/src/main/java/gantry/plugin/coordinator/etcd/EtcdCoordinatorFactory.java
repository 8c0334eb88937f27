package gantry.plugin.coordinator.etcd;

import gantry.api.PluginContext;
import gantry.api.coordination.Coordinator;
import gantry.api.coordination.CoordinatorFactory;
import org.pf4j.Extension;

/**
 * Adds the coordinator {@code etcd}. Its option {@code etcd.endpoints} is a list of URLs or {@code
 * host:port}, separated by commas; the default is {@value EtcdEndpoints#DEFAULT}. For TLS: {@code
 * etcd.cacert}, and {@code etcd.cert} with {@code etcd.key}, PEM files. For a user: {@code
 * etcd.user}, and {@code etcd.password-file} or the environment variable {@value
 * EtcdUser#VARIABLE}; the password itself is no option, for options are shown in places.
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
    return new EtcdCoordinator(EtcdAccess.of(context, System.getenv()), context.clock());
  }
}
