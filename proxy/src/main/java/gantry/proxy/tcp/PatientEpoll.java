package gantry.proxy.tcp;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Netty's epoll, made to keep back-pressure to the end of a stream.
 *
 * <p>Netty's socket channels ask for EPOLLRDHUP, and when it arrives they read until the end at
 * once, whether reading is paused or not: with a stalled client, up to a whole receive buffer (6
 * MB) per connection lands in memory. Without that flag the end is found by reading, when reading
 * goes on. A paused channel is then watched edge-triggered, because EPOLLHUP cannot be switched off
 * and would otherwise be reported without end.
 */
final class PatientEpoll implements IoHandler {
  private final IoHandler epoll;

  private PatientEpoll(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory epoll = EpollIoHandler.newFactory();
    return executor -> newHandler(epoll, executor);
  }

  private static IoHandler newHandler(IoHandlerFactory epoll, ThreadAwareExecutor executor) {
    return new PatientEpoll(epoll.newHandler(executor));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Registration(epoll.register(new Attentive((EpollIoHandle) handle)));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return epoll.isCompatible(handleType);
  }

  /**
   * Netty passes a reset on when it reads or writes. A side that has ended, or that is paused, is
   * not read, and so would seem to live until somebody writes to it: a backend that sends a line
   * now and then would be drained two lines after its client went away, instead of one.
   */
  @SuppressWarnings("try") // close() is declared by Netty, and passed through
  private record Attentive(EpollIoHandle handle) implements EpollIoHandle {
    @Override
    public FileDescriptor fd() {
      return handle.fd();
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
      handle.handle(registration, event);
      boolean broken = ((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLERR);
      if (broken && registration.isValid() && handle instanceof Channel.Unsafe socket) {
        socket.close(socket.voidPromise());
      }
    }

    @Override
    public void registered() {
      handle.registered();
    }

    @Override
    public void unregistered() {
      handle.unregistered();
    }

    @Override
    public void close() throws Exception {
      handle.close();
    }
  }

  private record Registration(IoRegistration epoll) implements IoRegistration {
    @Override
    public long submit(IoOps ops) {
      EpollIoOps wanted = ((EpollIoOps) ops).without(EpollIoOps.EPOLLRDHUP);
      boolean paused =
          !wanted.contains(EpollIoOps.EPOLLIN) && !wanted.contains(EpollIoOps.EPOLLOUT);
      return epoll.submit(paused ? wanted.with(EpollIoOps.EPOLLET) : wanted);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
    public <T> T attachment() {
      return epoll.attachment();
    }

    @Override
    public boolean isValid() {
      return epoll.isValid();
    }

    @Override
    public boolean cancel() {
      return epoll.cancel();
    }
  }
}
