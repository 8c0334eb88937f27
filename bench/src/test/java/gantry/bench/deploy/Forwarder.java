package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import gantry.bench.peer.Layer;
import gantry.bench.run.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** The simplest proxy of connections, with a fault that can be chosen. */
final class Forwarder implements Deployed {
  private final Fault fault;
  private final ServerSocket server = new ServerSocket();
  private volatile int backend;

  Forwarder(int backend, Fault fault) throws IOException {
    this.backend = backend;
    this.fault = fault;
    server.bind(new InetSocketAddress(Ports.ADDRESS, 0), 1000);
    Thread.ofVirtual().start(this::accept);
  }

  @Override
  public String name() {
    return "forwarder";
  }

  @Override
  public List<Target> targets() {
    return List.of(new Target(Layer.TCP, server.getLocalPort()));
  }

  @Override
  public void switchTo(int port) {
    if (fault != Fault.DOES_NOT_SWITCH) {
      backend = port;
    }
  }

  private void accept() {
    try {
      for (int number = 0; ; number++) {
        Socket client = server.accept();
        if (fault == Fault.RESETS && number % 20 == 19) {
          client.setSoLinger(true, 0);
          client.close();
        } else {
          Thread.ofVirtual().start(() -> carry(client));
        }
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private void carry(Socket client) {
    try (client;
        Socket server = new Socket(Ports.ADDRESS, backend)) {
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException gone) {
      // the client sees it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      // the other side sees it
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  enum Fault {
    NONE,
    DOES_NOT_SWITCH,
    RESETS
  }
}
