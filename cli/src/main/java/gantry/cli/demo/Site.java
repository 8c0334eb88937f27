package gantry.cli.demo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Where one machine's component is reached. */
record Site(String machine, String address, int port) {
  private static final List<String> MACHINES = List.of("a", "b", "c");
  private static final int FIRST_ADDRESS = 2;

  /** The demo's machines: a at 127.0.0.2, b at 127.0.0.3, c at 127.0.0.4, all on one port. */
  static List<Site> all(int port) {
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < MACHINES.size(); i++) {
      sites.add(new Site(MACHINES.get(i), "127.0.0." + (FIRST_ADDRESS + i), port));
    }
    return List.copyOf(sites);
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }

  @Override
  public String toString() {
    return address + ":" + port;
  }
}
