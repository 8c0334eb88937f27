/**
 * Sockets for the data plane: Netty's event loops with io_uring, or epoll, of our own under them
 * and no channel, pipeline or buffer object per connection. Start with {@link
 * gantry.proxy.io.Socket}, then {@link gantry.proxy.io.Loop}.
 */
@NullMarked
package gantry.proxy.io;

import org.jspecify.annotations.NullMarked;
