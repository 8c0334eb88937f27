package gantry.bench.deploy;

import gantry.bench.deploy.Client.Target;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when it is first used, so that a refusal is booked like any loss. */
final class Opening implements Closeable {
  private final Target target;
  private @Nullable Connection connection;

  Opening(Target target) {
    this.target = target;
  }

  Connection connect() throws IOException {
    if (connection == null) {
      connection = Connection.open(target.port());
    }
    return connection;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
    }
  }
}
