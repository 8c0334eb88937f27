package gantry.bench.deploy;

import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

/** A request or a held connection is lost. */
final class LostException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final Loss loss;

  LostException(Loss loss, String message) {
    super(message);
    this.loss = loss;
  }

  /** In which way an error of a socket, or one of ours, loses something. */
  static Loss lossOf(IOException e) {
    return switch (e) {
      case LostException lost -> lost.loss;
      case ConnectException refused -> Loss.REFUSED;
      case SocketTimeoutException late -> Loss.FAILED;
      default -> Loss.RESET;
    };
  }
}
