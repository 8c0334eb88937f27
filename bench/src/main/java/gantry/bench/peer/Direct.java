package gantry.bench.peer;

import gantry.bench.run.Scratch;
import java.util.Optional;

/** No proxy: what client and server reach by themselves. */
record Direct() implements Peer {
  @Override
  public String name() {
    return "direct";
  }

  @Override
  public boolean knows(Layer layer) {
    return true;
  }

  @Override
  public Started start(Scratch scratch, Scene scene) {
    return new Started(name(), Optional.empty(), scene.backendPort(), Optional.empty());
  }
}
