package gantry.proxy.tcp;

import io.netty.channel.ChannelHandlerContext;

/** The client's side of a connection. */
final class FrontendHandler extends SideHandler {
  FrontendHandler(TcpConnection connection) {
    super(connection);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connection().start();
  }
}
