package io.scrutin.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an operator runs: an image of its own, and containers that the namespace lets in. */
final class CheckOperators {
  private CheckOperators() {}

  static List<Fault> of(Document document) {
    List<Fault> faults = new ArrayList<>();
    if (document.is("postgresql.cnpg.io/", "Cluster")) {
      image(document, "spec.imageName", "cloudnative-pg/postgresql", faults);
    } else if (document.is("redis.redis.opstreelabs.in/", "RedisCluster")) {
      image(document, "spec.kubernetesConfig.image", "opstree/redis", faults);
      restricted(document, "redisLeader", faults);
      restricted(document, "redisFollower", faults);
    }
    return faults;
  }

  private static void image(Document document, String path, String wanted, List<Fault> faults) {
    String name = document.text(path.split("\\.")).replaceAll("[:@][^/]*$", "");
    if (!name.equals(wanted) && !name.endsWith("/" + wanted)) {
      faults.add(document.fault(path, "is " + wanted + ": the operator's scripts are in it"));
    }
  }

  private static void restricted(Document document, String role, List<Fault> faults) {
    Map<String, Object> context = document.map("spec", role, "securityContext");
    boolean closed =
        Boolean.TRUE.equals(context.get("runAsNonRoot"))
            && Boolean.FALSE.equals(context.get("allowPrivilegeEscalation"))
            && Map.of("drop", List.of("ALL")).equals(context.get("capabilities"))
            && Map.of("type", "RuntimeDefault").equals(context.get("seccompProfile"));
    if (!closed) {
      faults.add(
          document.fault(
              "spec." + role + ".securityContext", "else the namespace refuses its containers"));
    }
  }
}
