package io.scrutin.manifests;

import io.scrutin.broker.StreamSizes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Whether the brokers of an overlay hold what the sizing rule makes of its roll. */
final class CheckBroker {
  private CheckBroker() {}

  static List<Fault> of(Document chart, List<Document> documents) {
    List<Fault> faults = new ArrayList<>();
    Document settings =
        documents.stream()
            .filter(document -> document.kind().equals("ConfigMap"))
            .filter(document -> document.name().equals("scrutin"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no ConfigMap scrutin"));
    long voters = Numbers.whole(settings.text("data", "SCRUTIN_VOTERS")).orElse(0L);
    int copies =
        Math.toIntExact(Numbers.whole(settings.text("data", "SCRUTIN_REPLICAS")).orElse(1L));
    long brokers = Numbers.whole(chart.text("config", "cluster", "replicas")).orElse(1L);
    if (copies > brokers) {
      faults.add(chart.fault("config.cluster.replicas", "each event is to be on " + copies));
    }
    // Each broker holds a share; with as many copies as brokers, all of it.
    BigDecimal needed = BigDecimal.valueOf(StreamSizes.forRoll(voters, copies).reservedBytes());
    BigDecimal store = size(chart, "config", "jetstream", "fileStore", "maxSize");
    BigDecimal volume = size(chart, "config", "jetstream", "fileStore", "pvc", "size");
    if (store.compareTo(needed) < 0) {
      faults.add(
          chart.fault(
              "config.jetstream.fileStore.maxSize",
              "streams for " + voters + " voters reserve " + needed.toBigInteger() + " bytes"));
    }
    if (volume.compareTo(store.multiply(new BigDecimal("1.1"))) < 0) {
      faults.add(
          chart.fault(
              "config.jetstream.fileStore.pvc.size", "is a tenth larger than maxSize, at least"));
    }
    return faults;
  }

  private static BigDecimal size(Document chart, String... path) {
    return Numbers.quantity(chart.text(path)).orElse(BigDecimal.ZERO);
  }
}
