package gantry.proxy.tcp;

import gantry.proxy.io.Chunk;
import gantry.proxy.io.Socket;
import gantry.proxy.io.SocketUser;

/** Nobody: the user of a socket that is closed at once. */
enum Refused implements SocketUser {
  CLIENT;

  @Override
  public void connected(Socket socket) {
    socket.reset();
  }

  @Override
  public void received(Socket socket, Chunk chunk) {
    chunk.release();
  }

  @Override
  public void ended(Socket socket) {
    socket.close();
  }

  @Override
  public void sent(Socket socket) {
    socket.close();
  }

  @Override
  public void readable(Socket socket) {
    socket.close();
  }

  @Override
  public void writable(Socket socket) {
    socket.close();
  }

  @Override
  public void failed(Socket socket, int errno) {
    socket.close();
  }

  @Override
  public void closed(Socket socket) {
    // Nothing was counted.
  }
}
