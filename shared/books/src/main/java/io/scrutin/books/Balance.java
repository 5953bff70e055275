package io.scrutin.books;

import java.time.Instant;
import java.util.List;

/**
 * The books of one contest, laid beside each other as they were at one moment.
 *
 * @param at the moment of the snapshot of the tables
 * @param closed whether the last moment for a cast had passed
 * @param compared whether every book could be read; Redis may be away
 * @param unaccounted casts that the stream no longer holds and audit's trail does not know; votes
 *     may be among them that nobody has read
 * @param lines what was compared, as figures
 * @param differences by id; of each kind at most {@link #MOST_LISTED}
 * @param found how many differences there are, those that are not listed included
 * @param notes what is no difference and yet worth knowing
 */
public record Balance(
    String lawId,
    Instant at,
    boolean closed,
    boolean compared,
    long unaccounted,
    Votes votes,
    Ballots ballots,
    List<Line> lines,
    List<Difference> differences,
    long found,
    List<String> notes) {

  /** Of one kind; the rest is counted. */
  public static final int MOST_LISTED = 100;

  /** A note, and the only one that another look may not have. */
  public static final String REDIS_AWAY = "Redis is away: its index of the roll was not compared";

  /**
   * What became of the votes cast, each counted once.
   *
   * @param pending on their way, as far as the broker's durables say so
   * @param parked set aside, and waiting for a person
   * @param discarded set aside, and given up by a person, who said why
   * @param lost neither answered nor on their way
   */
  public record Votes(
      long cast,
      long recorded,
      long duplicated,
      long rejected,
      long pending,
      long parked,
      long discarded,
      long lost) {}

  /**
   * Where the recorded votes are.
   *
   * @param waiting sealed, with their vote ids
   */
  public record Ballots(long participations, long waiting, long inBox, long spoiled) {}

  public Balance {
    lines = List.copyOf(lines);
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** Nothing is wrong, as far as could be looked. */
  public boolean balances() {
    return found == 0 && lines.stream().allMatch(Line::agrees);
  }

  /** Nothing can change any more, and nothing was left out: what publishing a result asks for. */
  public boolean finished() {
    return closed
        && compared
        && unaccounted == 0
        && votes.pending() == 0
        && votes.parked() == 0
        && ballots.waiting() == 0;
  }
}
