package io.scrutin.packaging;

import static io.scrutin.event.EventType.VOTE_ACCEPTED;
import static io.scrutin.event.EventType.VOTE_CAST;
import static io.scrutin.event.EventType.VOTE_RECORDED;
import static io.scrutin.event.EventType.VOTE_VERIFIED;
import static io.scrutin.event.EventType.WAKE;
import static io.scrutin.packaging.Parcel.function;
import static io.scrutin.packaging.Parcel.job;
import static io.scrutin.packaging.Parcel.server;
import static io.scrutin.packaging.RehearsedEvents.LAW;
import static io.scrutin.packaging.RehearsedEvents.withContest;

import java.util.List;
import java.util.Optional;

/** Everything that is packaged; what is new is one line here. */
final class Parcels {
  private static final String VOTE =
      "{\"nas\":\"046454286\",\"code\":\"A1B2C3\",\"law_id\":\"" + LAW + "\",\"vote\":\"oui\"}";

  static final List<Parcel> ALL =
      List.of(
          function("submit")
              .keys("pepper.key", "mac.key", "request-id.key")
              .post("/api/v1/vote", "application/json", VOTE)
              .get("/api/v1/contests"),
          RehearsedEvents.to(withContest(function("verify").keys("mac.key")), VOTE_CAST),
          RehearsedEvents.to(function("dedup"), VOTE_VERIFIED),
          RehearsedEvents.to(function("store"), VOTE_ACCEPTED),
          RehearsedEvents.to(withContest(function("tally").keys()), WAKE),
          withContest(function("results")).get("/api/v1/results/" + LAW),
          RehearsedEvents.to(withContest(function("audit")), VOTE_CAST, VOTE_RECORDED)
              .get("/api/v1/vote/5e9f2c41a7d34b0896e2f1c0d8b7a635"),
          RehearsedEvents.to(withContest(function("contests")), WAKE),
          RehearsedEvents.to(server("reconcile", "infra/reconcile"), WAKE),
          server("trigger", "knative/trigger"),
          job("doorkeeper", "knative/doorkeeper", "io.scrutin.doorkeeper.Application"),
          job("migrate", "infra/postgres", "io.scrutin.postgres.Migrate"),
          job("streams", "shared/broker", "io.scrutin.broker.StreamsCommand"),
          job("hashgen", "hashgen-job", "io.scrutin.hashgen.HashgenCommand"));

  private Parcels() {}

  static Optional<Parcel> named(String name) {
    return ALL.stream().filter(parcel -> parcel.name().equals(name)).findFirst();
  }
}
