package gantry.proxy.traffic.websocket;

import gantry.proxy.traffic.server.Lane;
import gantry.proxy.wire.WireAddress;
import gantry.proxy.wire.WireBackend;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;

/** Sends every message back, frame by frame. */
final class EchoServer implements AutoCloseable {
  private static final int MAX_FRAME_BYTES = 64 << 20;
  private static final int MAX_REQUEST_BYTES = 64 << 10;
  private static final String HOST = new Lane(0).backend(1).host();

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel server;

  EchoServer() {
    server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Pipeline())
            .bind(HOST, 0)
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  WireAddress address() {
    return WireAddress.of(HOST, port());
  }

  WireBackend active() {
    return new WireBackend("echo", address(), true);
  }

  @Override
  public void close() {
    loops.shutdownGracefully().syncUninterruptibly();
  }

  private static final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      WebSocketServerProtocolConfig config =
          WebSocketServerProtocolConfig.newBuilder()
              .websocketPath("/")
              .checkStartsWith(true)
              .decoderConfig(
                  WebSocketDecoderConfig.newBuilder()
                      .maxFramePayloadLength(MAX_FRAME_BYTES)
                      .closeOnProtocolViolation(false)
                      .build())
              .build();
      channel
          .pipeline()
          .addLast(new HttpServerCodec())
          .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
          .addLast(new WebSocketServerProtocolHandler(config))
          .addLast(new Echo());
    }
  }

  private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {
    private boolean over;

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      if (!over) {
        var _ = context.writeAndFlush(frame.retain());
      }
    }

    /**
     * What the test suite sends is wrong on purpose. It says so and reads on until the client has
     * gone: to close at once, with bytes unread, would be a reset, which may overtake the word.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (over || !(cause instanceof CorruptedWebSocketFrameException corrupted)) {
        return;
      }
      over = true;
      SocketChannel socket = (SocketChannel) context.channel();
      var _ =
          context
              .writeAndFlush(new CloseWebSocketFrame(corrupted.closeStatus()))
              .addListener(
                  sent -> {
                    var _ = socket.shutdownOutput();
                  });
    }
  }
}
