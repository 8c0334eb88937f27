package gantry.proxy.tcp;

import gantry.proxy.wire.WireAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Gives accepted connections to the event loops, one after the other. */
final class AcceptHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = Logger.getLogger("gantry.proxy");

  private final WireAddress listener;
  private final List<Worker> workers;
  private int next;

  AcceptHandler(WireAddress listener, List<Worker> workers) {
    this.listener = listener;
    this.workers = workers;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DuplexChannel client = (DuplexChannel) message;
    Worker worker = workers.get(next);
    next = (next + 1) % workers.size();
    try {
      worker.transport().tune(client);
      client.config().setRecvByteBufAllocator(worker.readSizes());
    } catch (ChannelException brokenMeanwhile) {
      client.unsafe().closeForcibly();
      return;
    }
    client.pipeline().addLast(new FrontendHandler(new TcpConnection(worker, listener, client)));
    var _ = worker.register(client);
  }

  /** Out of descriptors, most likely: rests a little instead of spinning. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.log(Level.WARNING, "cannot accept on " + listener + ": " + cause.getMessage());
    Channel server = ctx.channel();
    if (server.config().isAutoRead()) {
      server.config().setAutoRead(false);
      var _ =
          ctx.executor()
              .schedule(
                  () -> server.config().setAutoRead(true),
                  Limits.ACCEPT_REST.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
  }
}
