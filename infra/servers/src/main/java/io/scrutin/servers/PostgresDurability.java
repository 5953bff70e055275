package io.scrutin.servers;

/** What a commit of Postgres survives. */
public enum PostgresDurability {
  /** Everything: what "recorded" promises. */
  POWER_LOSS,
  /**
   * The death of any process, kill -9 included, but not of the machine. For tests: nothing that
   * they can do tells the two apart, and waiting for the disk is most of their time.
   */
  PROCESS_CRASH
}
