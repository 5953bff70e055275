package io.scrutin.chaos;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes the clock of a process that runs another one. */
final class StepClock {
  private static final String[] CLASSES = {"ClockAgent.class", "ClockAgent$Stepping.class"};

  private final Path agent;

  /**
   * @param agent a jar that is made there
   */
  StepClock(Path agent) throws IOException {
    this.agent = agent;
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", ClockAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(agent), manifest)) {
      for (String name : CLASSES) {
        jar.putNextEntry(new JarEntry("io/scrutin/chaos/" + name));
        try (InputStream bytes = StepClock.class.getResourceAsStream(name)) {
          Objects.requireNonNull(bytes, name).transferTo(jar);
        }
        jar.closeEntry();
      }
    }
  }

  /** Returns whether it could be done: a process may just be dying, or not be ready yet. */
  boolean step(long pid, Duration by) {
    try {
      VirtualMachine process = VirtualMachine.attach(Long.toString(pid));
      try {
        process.loadAgent(agent.toString(), Long.toString(by.toMillis()));
      } finally {
        process.detach();
      }
      return true;
    } catch (AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException
        | IOException notNow) {
      return false;
    }
  }
}
