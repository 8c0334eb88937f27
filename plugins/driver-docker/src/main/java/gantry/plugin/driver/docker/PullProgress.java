package gantry.plugin.driver.docker;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ErrorDetail;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import gantry.api.container.PullListener;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hears what the engine says during a pull: bytes per layer, the digest at the end, an error. */
final class PullProgress extends ResultCallbackTemplate<PullProgress, PullResponseItem> {
  private static final String DIGEST = "Digest: ";

  private record Layer(long doneBytes, long totalBytes) {}

  private final PullListener listener;
  private final Map<String, Layer> layers = new HashMap<>();
  private long doneBytes;
  private volatile @Nullable String digest;
  private volatile @Nullable String error;

  PullProgress(PullListener listener) {
    this.listener = listener;
  }

  @Override
  public void onNext(PullResponseItem item) {
    noteError(item);
    String status = item.getStatus();
    if (status != null && status.startsWith(DIGEST)) {
      digest = status.substring(DIGEST.length()).strip();
    }
    String layer = item.getId();
    if (status != null && layer != null) {
      noteLayer(layer, status, item.getProgressDetail());
    }
  }

  private void noteError(PullResponseItem item) {
    ErrorDetail detail = item.getErrorDetail();
    if (detail != null && detail.getMessage() != null) {
      error = detail.getMessage();
    }
  }

  private synchronized void noteLayer(
      String layer, String status, @Nullable ProgressDetail progress) {
    if (status.equals("Downloading") && progress != null && progress.getCurrent() != null) {
      Long total = progress.getTotal();
      layers.put(layer, new Layer(progress.getCurrent(), total == null ? 0 : total));
    } else if (status.equals("Download complete") || status.equals("Pull complete")) {
      layers.computeIfPresent(layer, (id, old) -> new Layer(old.totalBytes, old.totalBytes));
    } else {
      return; // extraction counts other bytes
    }
    long total = layers.values().stream().mapToLong(Layer::totalBytes).sum();
    doneBytes = Math.max(doneBytes, layers.values().stream().mapToLong(Layer::doneBytes).sum());
    listener.progress(doneBytes, total);
  }

  /** The digest that the engine pulled, once it has said so. */
  Optional<String> digest() {
    return Optional.ofNullable(digest);
  }

  /** The engine's words when the pull failed after it had begun. */
  Optional<String> error() {
    return Optional.ofNullable(error);
  }

  synchronized long doneBytes() {
    return doneBytes;
  }
}
