package gantry.proxy.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Turns one side's events into calls of its connection; the only handler in that pipeline. */
abstract class SideHandler extends ChannelInboundHandlerAdapter {
  private final TcpConnection connection;

  SideHandler(TcpConnection connection) {
    this.connection = connection;
  }

  final TcpConnection connection() {
    return connection;
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    connection.read(ctx.channel(), (ByteBuf) message);
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext ctx) {
    connection.readComplete(ctx.channel());
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      connection.inputEnded(ctx.channel());
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    connection.sideClosed(ctx.channel());
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connection.failed(cause);
  }
}
