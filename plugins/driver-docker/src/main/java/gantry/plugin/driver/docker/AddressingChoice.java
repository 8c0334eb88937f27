package gantry.plugin.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out once whether containers can be reached at their own addresses. They can when the
 * engine's bridge is a network interface of this machine; it is not when the engine runs in a
 * virtual machine (Docker Desktop), in a user's own network namespace (rootless), or elsewhere.
 */
final class AddressingChoice {
  private static final String BRIDGE = "bridge";
  private static final String BRIDGE_NAME_OPTION = "com.docker.network.bridge.name";

  private final Addressing wanted;
  private final EngineAddress address;
  private volatile @Nullable Addressing chosen;

  AddressingChoice(Addressing wanted, EngineAddress address) {
    this.wanted = wanted;
    this.address = address;
  }

  /** Whether a new container's ports must be published. */
  boolean publishes(DockerClient client) {
    Addressing choice = chosen;
    if (choice == null) {
      choice = choose(client);
      chosen = choice;
    }
    return choice == Addressing.PUBLISHED;
  }

  private Addressing choose(DockerClient client) {
    if (wanted != Addressing.AUTO) {
      return wanted;
    }
    boolean direct = address.isUnix() && isLinux() && !isRootless(client) && bridgeIsOurs(client);
    return direct ? Addressing.DIRECT : Addressing.PUBLISHED;
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
  }

  private static boolean isRootless(DockerClient client) {
    List<String> options = client.infoCmd().exec().getSecurityOptions();
    return options != null && options.stream().anyMatch(option -> option.contains("rootless"));
  }

  private static boolean bridgeIsOurs(DockerClient client) {
    Network bridge = client.inspectNetworkCmd().withNetworkId(BRIDGE).exec();
    Map<String, String> options = bridge.getOptions();
    String name = options == null ? null : options.get(BRIDGE_NAME_OPTION);
    Network.Ipam ipam = bridge.getIpam();
    if (name == null || ipam == null || ipam.getConfig() == null) {
      return false;
    }
    List<String> gateways = ipam.getConfig().stream().map(Network.Ipam.Config::getGateway).toList();
    return hasInterface(name, gateways);
  }

  /**
   * Both the name and an address: another engine's bridge may have either of them. Not {@code
   * isUp()}, which a bridge without any container is not.
   */
  private static boolean hasInterface(String name, List<String> gateways) {
    try {
      NetworkInterface device = NetworkInterface.getByName(name);
      return device != null
          && device.inetAddresses().map(InetAddress::getHostAddress).anyMatch(gateways::contains);
    } catch (SocketException e) {
      return false; // cannot be told, so the way that always works
    }
  }
}
