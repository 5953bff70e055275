package io.scrutin.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Voters on one thread, over connections that are kept. */
final class Driver implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final InetSocketAddress origin;

  Driver(URI origin) {
    this.origin = new InetSocketAddress("127.0.0.1", origin.getPort());
  }

  /**
   * @param first voter who comes; those after it come with the next arrivals
   * @param everyWaits one of that many waits for the outcome; 0 for nobody
   */
  DriverRun start(Arrivals arrivals, VotePosts posts, int first, int everyWaits) {
    DriverRun run = new DriverRun(arrivals, posts, first, everyWaits, this);
    run.start(loop.next());
    return run;
  }

  /** The line is told when it is connected, and of its end. */
  void connect(VoterLine line) {
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), line);
              }
            })
        .connect(origin)
        .addListener(
            connecting -> {
              if (!connecting.isSuccess()) {
                line.neverConnected();
              }
            });
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
