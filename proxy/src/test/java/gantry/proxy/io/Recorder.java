package gantry.proxy.io;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notes what a socket tells; received bytes as text. */
final class Recorder implements SocketUser {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  volatile @Nullable Chunk kept;
  volatile boolean keep;

  String next() throws InterruptedException {
    String word = told.poll(10, TimeUnit.SECONDS);
    return word == null ? "nothing" : word;
  }

  boolean isQuiet() {
    return told.isEmpty();
  }

  @Override
  public void connected(Socket socket) {
    told.add("connected");
  }

  @Override
  public void received(Socket socket, Chunk chunk) {
    byte[] bytes = Memory.bytes(chunk.address() + chunk.position(), chunk.length());
    told.add("received " + new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
    if (keep) {
      kept = chunk;
    } else {
      chunk.release();
    }
  }

  @Override
  public void ended(Socket socket) {
    told.add("ended");
  }

  @Override
  public void sent(Socket socket) {
    told.add("sent");
  }

  @Override
  public void readable(Socket socket) {
    told.add("readable");
  }

  @Override
  public void writable(Socket socket) {
    told.add("writable");
  }

  @Override
  public void failed(Socket socket, int errno) {
    told.add("failed " + Errno.text(errno));
  }

  @Override
  public void closed(Socket socket) {
    told.add("closed");
  }
}
