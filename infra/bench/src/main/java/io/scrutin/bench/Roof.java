package io.scrutin.bench;

/** A part of the vote's way alone, as fast as it goes: none of it can the whole be faster than. */
enum Roof {
  SUBMIT("roof_submit_per_s", "submit alone: POST to PubAck"),
  PUBLISH("roof_publish_per_s", "JetStream: publish to PubAck, one client"),
  CLAIM("roof_claim_per_s", "Redis: a claim, 500 at once"),
  INSERT("roof_insert_per_s", "Postgres: participation and envelope, 500 a commit");

  private final String key;
  private final String says;

  Roof(String key, String says) {
    this.key = key;
    this.says = says;
  }

  String key() {
    return key;
  }

  String says() {
    return says;
  }
}
