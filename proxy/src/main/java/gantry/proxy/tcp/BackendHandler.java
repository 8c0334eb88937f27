package gantry.proxy.tcp;

/** The backend's side of a connection. */
final class BackendHandler extends SideHandler {
  BackendHandler(TcpConnection connection) {
    super(connection);
  }
}
