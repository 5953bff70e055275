package io.scrutin.manifests;

import io.scrutin.audit.AuditVotes;
import io.scrutin.dedup.DedupVotes;
import io.scrutin.step.Listens;
import io.scrutin.step.Step;
import io.scrutin.store.StoreVotes;
import io.scrutin.tally.TallyVotes;
import io.scrutin.trigger.BindingConfig;
import io.scrutin.trigger.ServiceBindings;
import io.scrutin.verify.VerifyVotes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a Service's annotations bring to a function, against what its step says that it takes. */
final class CheckBindings {
  private static final String PATH = "metadata.annotations";

  /** The functions that listen; the others are called by voters, or by a clock. */
  private static final Map<String, Class<? extends Step>> STEPS =
      Map.of(
          "verify", VerifyVotes.class,
          "dedup", DedupVotes.class,
          "store", StoreVotes.class,
          "tally", TallyVotes.class,
          "audit", AuditVotes.class);

  private CheckBindings() {}

  /** The trigger reads them here as it reads them on a cluster. */
  static List<Fault> of(Document document) {
    Map<String, String> annotations = new TreeMap<>();
    document
        .map("metadata", "annotations")
        .forEach((key, value) -> annotations.put(key, "" + value));
    Object label =
        document.map("metadata", "labels").getOrDefault(ServiceBindings.FUNCTION_LABEL, "");
    if (!label.equals(document.name())) {
      return List.of(
          document.fault(
              "metadata.labels." + ServiceBindings.FUNCTION_LABEL,
              "is the function's name, " + document.name() + ", not '" + label + "'"));
    }
    ServiceBindings.Reading reading =
        ServiceBindings.read(
            document.name(), annotations, Optional.of("http://" + document.name() + ".scrutin"));
    return switch (reading) {
      case ServiceBindings.Reading.Found found -> compare(document, found.bindings());
      case ServiceBindings.Reading.NothingToBind _ -> compare(document, List.of());
      case ServiceBindings.Reading.NotAddressable none ->
          List.of(document.fault(PATH, "nobody can call " + none.bindings()));
      case ServiceBindings.Reading.Refused refused ->
          List.of(document.fault(PATH, refused.reason()));
    };
  }

  /** The same as settings of the trigger, where there are no Services to find them on. */
  static Map<String, String> asProperties() {
    Map<String, String> properties = new TreeMap<>();
    STEPS.forEach(
        (function, step) -> {
          for (Listens binding : step.getAnnotationsByType(Listens.class)) {
            String prefix = "trigger.bindings." + binding.as() + ".";
            properties.put(prefix + "kind", binding.by().name());
            properties.put(prefix + "type", binding.to().type());
            properties.put(prefix + "function", function);
            properties.put(prefix + "batch", Integer.toString(binding.batch()));
            properties.put(prefix + "in-flight", Integer.toString(binding.inFlight()));
            properties.put(prefix + "pause", binding.pauseMillis() + "ms");
            properties.put(prefix + "after-silence", binding.afterSilenceMillis() + "ms");
            properties.put(prefix + "url", "http://" + function + ":8080/events/" + function);
          }
        });
    return properties;
  }

  private static List<Fault> compare(Document document, List<BindingConfig> bound) {
    Map<String, Listens> declared =
        Optional.ofNullable(STEPS.get(document.name())).stream()
            .flatMap(step -> Arrays.stream(step.getAnnotationsByType(Listens.class)))
            .collect(Collectors.toMap(Listens::as, Function.identity(), (a, _) -> a, TreeMap::new));
    List<Fault> faults = new ArrayList<>();
    for (BindingConfig binding : bound) {
      Listens listens = declared.remove(binding.name());
      if (listens == null) {
        faults.add(document.fault(PATH, "its step declares no binding " + binding.name()));
      } else {
        same(document, binding.name(), "subject", listens.to().type(), binding.type(), faults);
        same(document, binding.name(), "by", listens.by(), binding.kind(), faults);
        same(document, binding.name(), "batch", listens.batch(), binding.batch(), faults);
        same(document, binding.name(), "in-flight", listens.inFlight(), binding.inFlight(), faults);
        long pause = binding.pause().toMillis();
        same(document, binding.name(), "pause", (long) listens.pauseMillis(), pause, faults);
        long wait = binding.afterSilence().toMillis();
        long declaredWait = listens.afterSilenceMillis();
        same(document, binding.name(), "after-silence", declaredWait, wait, faults);
      }
    }
    for (String missing : declared.keySet()) {
      faults.add(document.fault(PATH, "its step takes " + missing + ", which nothing brings"));
    }
    return faults;
  }

  private static void same(
      Document document, String name, String key, Object declared, Object bound, List<Fault> to) {
    if (!declared.equals(bound)) {
      to.add(
          document.fault(
              PATH,
              "scrutin.io/%s of %s is %s, and its step declares %s"
                  .formatted(key, name, bound, declared)));
    }
  }
}
