package gantry.proxy.control;

import gantry.proxy.io.ListeningSocket;
import gantry.proxy.tcp.BoundListener;
import gantry.proxy.tcp.DataPlane;
import gantry.proxy.wire.Protocol;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireRoute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The listening sockets. Owned by the steering thread. */
final class Listeners {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final DataPlane plane;
  private final Map<WireAddress, BoundListener> bound = new LinkedHashMap<>();
  private final Map<WireAddress, String> unbound = new LinkedHashMap<>();

  Listeners(DataPlane plane) {
    this.plane = plane;
  }

  /** Those that routes want and that could not be bound, with the reason. */
  Map<WireAddress, String> unbound() {
    return new LinkedHashMap<>(unbound);
  }

  boolean allBound(List<WireRoute> routes) {
    return routes.stream().allMatch(route -> bound.containsKey(route.listener()));
  }

  /** The bound ones. */
  List<BoundListener> all() {
    return List.copyOf(bound.values());
  }

  /** Takes over sockets that listen already, without accepting yet; a surplus one is closed. */
  void adopt(Map<WireAddress, Integer> sockets, Map<String, List<WireRoute>> routes) {
    Set<WireAddress> wanted = new HashSet<>();
    routes.values().forEach(list -> list.forEach(route -> wanted.add(route.listener())));
    sockets.forEach(
        (address, fd) -> {
          ListeningSocket socket = ListeningSocket.of(fd);
          if (wanted.contains(address)) {
            bound.put(address, plane.listener(address, socket));
          } else {
            socket.close();
          }
        });
  }

  /** Accepts no more; clients queue in the kernel. */
  void pause() {
    bound.values().forEach(BoundListener::pause);
  }

  /** Accepts again. */
  void resume() {
    bound.values().forEach(BoundListener::open);
  }

  /** Closes them for good: somebody else has them now, or nobody shall. */
  void giveUp() {
    bound.values().forEach(BoundListener::close);
    bound.clear();
    unbound.clear();
  }

  /** Opens what can be opened; the rest waits for {@link #retry()}. */
  void restore(Map<String, List<WireRoute>> routes) {
    resume();
    for (List<WireRoute> list : routes.values()) {
      for (WireRoute route : list) {
        if (!bound.containsKey(route.listener())) {
          tryToOpen(route.listener());
        }
      }
    }
  }

  /** Tries again what could not be opened. */
  void retry() {
    for (WireAddress address : List.copyOf(unbound.keySet())) {
      tryToOpen(address);
    }
  }

  /** Binds what an owner's routes newly need; all, or none and an exception. */
  Change prepare(String owner, List<WireRoute> wanted, Map<String, List<WireRoute>> existing)
      throws RefusedException {
    List<BoundListener> fresh = new ArrayList<>();
    for (WireRoute route : wanted) {
      if (!bound.containsKey(route.listener())) {
        try {
          fresh.add(plane.bind(route.listener()));
        } catch (IOException e) {
          fresh.forEach(BoundListener::close);
          throw taken(route.listener(), existing, e);
        }
      }
    }
    List<WireAddress> givenUp =
        existing.getOrDefault(owner, List.of()).stream().map(WireRoute::listener).toList();
    List<WireAddress> kept = wanted.stream().map(WireRoute::listener).toList();
    return new Change(fresh, givenUp.stream().filter(a -> !kept.contains(a)).toList());
  }

  private void tryToOpen(WireAddress address) {
    try {
      BoundListener listener = plane.bind(address);
      listener.open();
      bound.put(address, listener);
      if (unbound.remove(address) != null) {
        LOG.log(Level.INFO, "listening on " + address + " at last");
      }
    } catch (IOException e) {
      if (unbound.put(address, String.valueOf(e.getMessage())) == null) {
        LOG.log(Level.WARNING, e.getMessage() + "; trying again");
      }
    }
  }

  /** Says who is in the way: one of our own owners, or somebody that only the kernel knows. */
  private RefusedException taken(
      WireAddress wanted, Map<String, List<WireRoute>> existing, IOException cause) {
    for (Map.Entry<String, List<WireRoute>> owner : existing.entrySet()) {
      for (WireRoute route : owner.getValue()) {
        if (bound.containsKey(route.listener()) && route.listener().overlaps(wanted)) {
          String message =
              "listener "
                  + wanted
                  + " overlaps with "
                  + route.listener()
                  + " of owner '"
                  + owner.getKey()
                  + "'";
          return new RefusedException(Protocol.LISTENER_TAKEN, message, cause);
        }
      }
    }
    String message = cause.getMessage() + ": another program has the address, or it is not ours";
    return new RefusedException(Protocol.LISTENER_TAKEN, message, cause);
  }

  /** Listeners that are bound but not yet accepting, and those to give up for them. */
  final class Change {
    private final List<BoundListener> fresh;
    private final List<WireAddress> givenUp;

    Change(List<BoundListener> fresh, List<WireAddress> givenUp) {
      this.fresh = fresh;
      this.givenUp = givenUp;
    }

    void undo() {
      fresh.forEach(BoundListener::close);
    }

    void complete() {
      for (BoundListener listener : fresh) {
        bound.put(listener.address(), listener);
        unbound.remove(listener.address());
        listener.open();
      }
      for (WireAddress address : givenUp) {
        unbound.remove(address);
        BoundListener listener = bound.remove(address);
        if (listener != null) {
          listener.close();
        }
      }
    }
  }
}
