package io.scrutin.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection, with one post at a time. */
final class VoterLine extends SimpleChannelInboundHandler<HttpObject> {
  private static final String RECORDED = "\"status\":\"recorded\"";

  private final DriverRun run;
  private final StringBuilder body = new StringBuilder();
  private @Nullable ChannelHandlerContext channel;
  private boolean busy;
  private boolean waits;
  private boolean kept;
  private long dueAt;
  private int status;

  VoterLine(DriverRun run) {
    this.run = run;
  }

  void send(byte[] post, long due, boolean waitsForOutcome) {
    ChannelHandlerContext to = channel;
    if (to == null) {
      throw new IllegalStateException("only who is connected sends");
    }
    busy = true;
    waits = waitsForOutcome;
    dueAt = due;
    ByteBuf bytes = to.alloc().directBuffer(post.length).writeBytes(post);
    to.writeAndFlush(bytes, to.voidPromise());
  }

  long dueAt() {
    return dueAt;
  }

  boolean waits() {
    return waits;
  }

  void neverConnected() {
    run.neverConnected();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context;
    run.connected(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpResponse head) {
      status = head.status().code();
      kept = HttpUtil.isKeepAlive(head);
      body.setLength(0);
    }
    // Nobody else's answer is looked into: reading eight million bodies is no voter's work.
    if (waits && part instanceof HttpContent content) {
      body.append(content.content().toString(StandardCharsets.UTF_8));
    }
    if (part instanceof LastHttpContent) {
      busy = false;
      run.answered(this, status, waits && body.indexOf(RECORDED) >= 0, kept);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    boolean wasBusy = busy;
    busy = false;
    run.ended(this, wasBusy);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
    context.close();
  }

  void close() {
    ChannelHandlerContext open = channel;
    if (open != null) {
      open.close();
    }
  }
}
