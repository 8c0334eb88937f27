package gantry.plugin.driver.docker;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;

/** Keeps the end of a stream of frames, both streams as they come. */
final class TailBuffer extends ResultCallbackTemplate<TailBuffer, Frame> {
  private final byte[] ring;
  private long writtenBytes;

  TailBuffer(int capacityBytes) {
    this.ring = new byte[capacityBytes];
  }

  @Override
  public synchronized void onNext(Frame frame) {
    byte[] bytes = frame.getPayload();
    int from = Math.max(0, bytes.length - ring.length);
    writtenBytes += from;
    for (int i = from; i < bytes.length; i++) {
      ring[(int) (writtenBytes++ % ring.length)] = bytes[i];
    }
  }

  /** What was kept, as text; a character that was cut at the start is replaced. */
  synchronized String text() {
    int length = (int) Math.min(writtenBytes, ring.length);
    byte[] kept = new byte[length];
    for (int i = 0; i < length; i++) {
      kept[i] = ring[(int) ((writtenBytes - length + i) % ring.length)];
    }
    return new String(kept, StandardCharsets.UTF_8);
  }
}
