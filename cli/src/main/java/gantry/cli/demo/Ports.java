package gantry.cli.demo;

import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds a port that is free on all machines' addresses. */
final class Ports {
  private static final int FIRST = 8080;
  private static final int TRIED = 20;

  private Ports() {}

  /**
   * The machines, on the port that was asked for, or on the first free one from 8080 on.
   *
   * @throws GantryException an address cannot be used, or no port is free
   */
  static List<Site> choose(OptionalInt wanted) {
    Site.all(0).forEach(Ports::requireUsable);
    int first = wanted.orElse(FIRST);
    int last = wanted.isPresent() ? first : first + TRIED - 1;
    String taken = "";
    for (int port = first; port <= last; port++) {
      List<Site> sites = Site.all(port);
      Optional<Site> occupied = sites.stream().filter(s -> refusal(s).isPresent()).findFirst();
      if (occupied.isEmpty()) {
        return sites;
      }
      taken = "machine " + occupied.get().machine() + "'s address " + occupied.get().address();
    }
    String ports =
        first == last
            ? "port " + first + " is taken on " + taken
            : "every port from %d to %d is taken, the last one on %s".formatted(first, last, taken);
    throw new GantryException(
        ErrorCode.LISTENER_TAKEN, ports, "gantry demo --port PORT, with one that is free", null);
  }

  private static void requireUsable(Site site) {
    Optional<IOException> refusal = refusal(site);
    if (refusal.isPresent()) {
      throw new GantryException(
          ErrorCode.LISTENER_TAKEN,
          "machine %s of the demo needs the loopback address %s, which cannot be used: %s"
              .formatted(site.machine(), site.address(), refusal.get().getMessage()),
          "where loopback has one address only: ip address add " + site.address() + "/8 dev lo",
          refusal.get());
    }
  }

  private static Optional<IOException> refusal(Site site) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(site.address(), site.port()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
