package io.scrutin.packaging;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A store that has nothing in it, while an image is built. It speaks so much of a store's language
 * that a client connects, asks and is answered: most of what a step runs for its first vote is
 * loaded by that, and would else be loaded while the voter waits.
 */
final class RehearsalStore implements AutoCloseable {
  /** What is said to one client, until it leaves. */
  interface Language {
    void speak(DataInputStream in, DataOutputStream out) throws IOException;
  }

  private final ServerSocket listening;
  private final Language language;

  private RehearsalStore(ServerSocket listening, Language language) {
    this.listening = listening;
    this.language = language;
  }

  static RehearsalStore that(Language language) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    RehearsalStore store = new RehearsalStore(listening, language);
    Thread.ofVirtual().start(store::listen);
    return store;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void listen() {
    while (true) {
      try {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(client.getOutputStream()))) {
      language.speak(in, out);
    } catch (IOException left) {
      // A rehearsal ends like that.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
