package gantry.plugin.coordinator.etcd;

import gantry.api.GantryException;
import gantry.api.PluginContext;
import java.util.Map;
import java.util.Optional;

/** Where etcd is and how it lets this process in. */
record EtcdAccess(EtcdEndpoints endpoints, EtcdTls tls, Optional<EtcdUser> user) {
  /** An etcd that asks for nothing. */
  static EtcdAccess open(String endpoints) {
    return new EtcdAccess(
        EtcdEndpoints.parse(endpoints),
        new EtcdTls(Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  /**
   * As the options say; reads files, contacts nobody.
   *
   * @throws GantryException {@code BAD_CONFIGURATION}
   */
  static EtcdAccess of(PluginContext context, Map<String, String> environment) {
    EtcdEndpoints endpoints =
        EtcdEndpoints.parse(context.option("etcd.endpoints").orElse(EtcdEndpoints.DEFAULT));
    return new EtcdAccess(
        endpoints, EtcdTls.of(context, endpoints.tls()), EtcdUser.of(context, environment));
  }
}
