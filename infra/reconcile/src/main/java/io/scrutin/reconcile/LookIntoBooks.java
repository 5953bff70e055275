package io.scrutin.reconcile;

import io.scrutin.books.Balance;
import io.scrutin.books.BookPlaces;
import io.scrutin.books.Books;
import io.scrutin.books.BooksAway;
import io.scrutin.step.DependencyAway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One look, within a time. Its connections are its own: between two looks the process sleeps. */
final class LookIntoBooks {
  private final BookPlaces places;
  private final Duration longest;

  LookIntoBooks(BookPlaces places, Duration longest) {
    this.places = places;
    this.longest = longest;
  }

  /**
   * The balance of each contest whose result is not published.
   *
   * @throws DependencyAway when a book cannot be read, or not in that time
   */
  List<Balance> take() {
    try (Books books = Books.open(places);
        ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Balance>> look = reader.submit(books::unpublished);
      try {
        return look.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException slow) {
        end(books, look);
        throw new DependencyAway("an answer of the books within " + longest, slow);
      } catch (ExecutionException failure) {
        throw failed(failure);
      } catch (InterruptedException stopping) {
        end(books, look);
        Thread.currentThread().interrupt();
        throw new DependencyAway("time, as this process is to stop,", stopping);
      }
    }
  }

  /**
   * In this order: an interrupted thread closes its connection, and whose statement it was that goes
   * on in Postgres nobody could say any more.
   */
  private static void end(Books books, Future<?> look) {
    books.stop();
    look.cancel(true);
  }

  private static RuntimeException failed(ExecutionException failure) {
    return failure.getCause() instanceof BooksAway away
        ? new DependencyAway("a book", away)
        : new IllegalStateException("a look broke", failure.getCause());
  }
}
