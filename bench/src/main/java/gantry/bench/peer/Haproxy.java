package gantry.bench.peer;

import gantry.bench.run.Child;
import gantry.bench.run.Ports;
import gantry.bench.run.Scratch;
import java.nio.file.Path;
import java.util.List;

/**
 * HAProxy.
 *
 * @param global what a variant adds to the global section
 * @param defaults what a variant adds to the defaults section
 */
record Haproxy(String name, String global, String defaults) implements Peer {
  /** As it comes. */
  static final Haproxy PLAIN = new Haproxy("haproxy", "", "");

  /** With buffers of 64 KB instead of 16 KB. */
  static final Haproxy LARGE_BUFFERS = new Haproxy("haproxy-64k", "tune.bufsize 65536", "");

  /** Splices when it finds it worth it. */
  static final Haproxy SPLICE_AUTO = new Haproxy("haproxy-splice-auto", "", "option splice-auto");

  /** Splices always. */
  static final Haproxy SPLICE =
      new Haproxy("haproxy-splice", "", "option splice-request\n  option splice-response");

  private static final String HTTP =
      """
        option forwardfor
        http-reuse always
        timeout http-keep-alive 1h
      """;

  @Override
  public boolean knows(Layer layer) {
    return true;
  }

  @Override
  public Started start(Scratch scratch, Scene scene) {
    int port = Ports.free();
    Path config = scratch.write(name + "-" + port + ".cfg", config(scene, port));
    Child child = Child.start(scratch, name, List.of("haproxy", "-db", "-f", config.toString()));
    child.awaitPort(port);
    return new Started(name, child, port);
  }

  String config(Scene scene, int port) {
    return """
    global
      nbthread %d
      maxconn %d
      %s
    defaults
      mode %s
      timeout connect 5s
      timeout client 1h
      timeout server 1h
      %s
    %s
    frontend in
      bind 127.0.0.1:%d
      default_backend out
    backend out
      server one 127.0.0.1:%d
    """
        .formatted(
            scene.loops(),
            scene.connections(),
            global,
            scene.layer().word(),
            defaults,
            scene.layer() == Layer.HTTP ? HTTP : "",
            port,
            scene.backendPort());
  }
}
