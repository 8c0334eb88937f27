package gantry.proxy.control;

import gantry.proxy.io.DescriptorChannel;
import gantry.proxy.tcp.BoundListener;
import gantry.proxy.wire.Json;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireFields;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives the listening sockets to a successor. The steps, each of which waits for the other side:
 *
 * <ol>
 *   <li>we stop to accept (clients queue in the kernel) and send the sockets;
 *   <li>the successor has the routes in force and says {@link #READY};
 *   <li>we leave lock and control socket, and say {@link #RELEASED};
 *   <li>the successor has both, accepts, and says {@link #SERVING}; we close our sockets.
 * </ol>
 *
 * <p>When anything fails before the last word, we take everything back and accept again: no client
 * was refused, some waited. On the steering thread.
 */
final class Handover {
  static final String READY = "ready";
  static final String RELEASED = "released";
  static final String SERVING = "serving";

  /** A successor was fully started before it asked, so that it answers at once. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final Listeners listeners;
  private final Place place;

  /** What only one process of a state folder can have. */
  interface Place {
    /** Gives it up; counts can still be asked for, elsewhere. */
    void leave() throws IOException;

    /** Takes it again. */
    void comeBack() throws IOException;
  }

  Handover(Listeners listeners, Place place) {
    this.listeners = listeners;
    this.place = place;
  }

  /**
   * Hands over to whoever listens at the path.
   *
   * @throws IOException when it failed; then everything is as it was before
   */
  void to(String path) throws IOException {
    boolean left = false;
    try (DescriptorChannel successor = DescriptorChannel.connect(path)) {
      listeners.pause();
      send(successor);
      expect(successor, READY);
      left = true;
      place.leave();
      say(successor, RELEASED);
      expect(successor, SERVING);
    } catch (IOException e) {
      takeBack(left);
      throw e;
    }
    listeners.giveUp();
  }

  private void takeBack(boolean left) throws IOException {
    try {
      if (left) {
        place.comeBack();
      }
    } finally {
      listeners.resume();
    }
    LOG.log(Level.WARNING, "the hand-over failed; this process serves on");
  }

  private void send(DescriptorChannel successor) throws IOException {
    List<BoundListener> all = listeners.all();
    int last = 0;
    do {
      int first = last;
      last = Math.min(first + DescriptorChannel.MAX_DESCRIPTORS, all.size());
      List<BoundListener> part = all.subList(first, last);
      List<Object> addresses = new ArrayList<>();
      part.forEach(listener -> addresses.add(listener.address().toJson()));
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("listeners", addresses);
      message.put("more", last < all.size());
      successor.send(Json.write(message), part.stream().map(BoundListener::fd).toList());
    } while (last < all.size());
  }

  /** The counterpart of {@link #send}: the sockets by their addresses. */
  static Map<WireAddress, Integer> receive(DescriptorChannel predecessor) throws IOException {
    Map<WireAddress, Integer> sockets = new LinkedHashMap<>();
    boolean more = true;
    while (more) {
      DescriptorChannel.Message message = predecessor.receive(PATIENCE);
      WireFields fields = new WireFields("hand-over", Json.parseObject(message.text()));
      List<WireFields> addresses = fields.objects("listeners", DescriptorChannel.MAX_DESCRIPTORS);
      if (addresses.size() != message.descriptors().size()) {
        throw new IOException(
            addresses.size() + " listeners, but " + message.descriptors().size() + " sockets");
      }
      for (int i = 0; i < addresses.size(); i++) {
        sockets.put(WireAddress.from(addresses.get(i)), message.descriptors().get(i));
      }
      more = fields.flag("more");
    }
    return sockets;
  }

  static void say(DescriptorChannel other, String word) throws IOException {
    other.send(Json.write(Map.of("state", word)), List.of());
  }

  static void expect(DescriptorChannel other, String word) throws IOException {
    String text = other.receive(PATIENCE).text();
    String said = new WireFields("hand-over", Json.parseObject(text)).text("state");
    if (!said.equals(word)) {
      throw new IOException("the other process said '" + said + "' instead of '" + word + "'");
    }
  }
}
