package io.scrutin.manifests;

import io.scrutin.servers.RenderingProgram;
import java.nio.file.Path;
import java.util.List;

/** Checks a tree of manifests: 0 when there is nothing to say, 1 with a line for each fault. */
public final class ManifestsCommand {
  private ManifestsCommand() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments.length == 0 ? "knative" : arguments[0]);
    RenderingProgram program = RenderingProgram.onThisMachine(System.err::println);
    List<Fault> faults = new Overlays(Tree.of(root), program).faults();
    faults.forEach(System.err::println);
    System.exit(faults.isEmpty() ? 0 : 1);
  }
}
