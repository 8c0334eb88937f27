package gantry.proxy.tcp;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The kernel interface that carries the traffic. */
public enum Transport {
  /** Linux, by Netty's native library. */
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return PatientEpoll.newFactory();
    }

    @Override
    DuplexChannel newSocket() {
      return new EpollSocketChannel();
    }

    @Override
    ServerChannel newServer() {
      return new EpollServerSocketChannel();
    }

    @Override
    void tune(Channel socket) {
      super.tune(socket);
      socket
          .config()
          .setOption(EpollChannelOption.TCP_KEEPIDLE, (int) Limits.KEEPALIVE_IDLE.toSeconds());
      socket
          .config()
          .setOption(EpollChannelOption.TCP_KEEPINTVL, (int) Limits.KEEPALIVE_INTERVAL.toSeconds());
      socket.config().setOption(EpollChannelOption.TCP_KEEPCNT, Limits.KEEPALIVE_PROBES);
    }
  },

  /** Everywhere, by the JDK. */
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    DuplexChannel newSocket() {
      return new NioSocketChannel();
    }

    @Override
    ServerChannel newServer() {
      return new NioServerSocketChannel();
    }
  };

  /** The best that this machine has. */
  public static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory handlers();

  abstract DuplexChannel newSocket();

  abstract ServerChannel newServer();

  /**
   * Sets the options of both sides. Keep-alive is on so that a peer that vanished without a word (a
   * laptop that was closed) does not hold a drain for ever.
   */
  void tune(Channel socket) {
    socket.config().setAutoRead(false);
    socket.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    socket.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    socket.config().setOption(ChannelOption.TCP_NODELAY, true);
    socket.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    socket.config().setConnectTimeoutMillis((int) Limits.CONNECT_TIMEOUT.toMillis());
  }
}
