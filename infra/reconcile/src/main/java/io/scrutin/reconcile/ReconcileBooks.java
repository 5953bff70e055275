package io.scrutin.reconcile;

import io.micronaut.context.annotation.Requires;
import io.micronaut.function.FunctionBean;
import io.scrutin.books.Balance;
import io.scrutin.books.Book;
import io.scrutin.books.Difference;
import io.scrutin.books.Line;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.step.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * reconcile: a wake in; the books of each contest that is not published are compared, and where
 * they differ it is said.
 *
 * <p>Two at the same time, in two processes, would be harmless: they read, each into temporary
 * tables of its own session. So nothing is locked that outlives a process; in one of them a look
 * serves all wakes that come while it lasts, as whoever posts them may repeat what took long.
 */
@FunctionBean("reconcile")
@Requires(env = "reconcile")
public final class ReconcileBooks implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileBooks.class);

  /** A wake that waited behind a look was served by it. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final LookIntoBooks look;
  private final BooksWatch watch;
  private final Clock clock;
  private final ReentrantLock looking = new ReentrantLock();

  ReconcileBooks(LookIntoBooks look, BooksWatch watch, Clock clock) {
    this.look = look;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "reconcile";
  }

  @Override
  public Set<EventType> reads() {
    return Set.of(EventType.WAKE);
  }

  @Override
  public List<Answer> answer(List<Event> wakes) {
    if (looking.tryLock()) {
      try {
        if (watch.last().filter(this::serves).isEmpty()) {
          look();
        }
      } finally {
        looking.unlock();
      }
    }
    return wakes.stream().map(_ -> Answer.nothing()).toList();
  }

  private boolean serves(BooksWatch.Seen seen) {
    return seen.compared() && seen.at().plus(REST).isAfter(clock.instant());
  }

  private void look() {
    Instant begun = clock.instant();
    List<Balance> balances = look.take();
    Duration took = Duration.between(begun, clock.instant());
    for (Balance balance : balances) {
      if (!balance.balances()) {
        // The code first, for who is called by it; ids are in what ./scrutin reconcile prints.
        LOG.error(
            "BOOKS_DIFFER {}: {} differences in {}",
            balance.lawId(),
            BooksWatch.differences(balance),
            differing(balance));
      }
    }
    // What differs without Redis differs with it: said before anything is put off.
    if (!watch.saw(balances, took).compared()) {
      throw new DependencyAway("Redis");
    }
    LOG.info("looked at {} contests in {}", balances.size(), took);
  }

  private static String differing(Balance balance) {
    Stream<Book> lines = balance.lines().stream().filter(line -> !line.agrees()).map(Line::book);
    Stream<Book> listed = balance.differences().stream().map(Difference::book);
    Set<Book> books = EnumSet.noneOf(Book.class);
    Stream.concat(lines, listed).forEach(books::add);
    return books.stream().map(Book::code).collect(Collectors.joining(", "));
  }
}
