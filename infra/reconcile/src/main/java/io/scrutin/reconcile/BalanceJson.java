package io.scrutin.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.scrutin.books.Balance;
import io.scrutin.books.Difference;
import io.scrutin.books.Line;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Balances as one JSON document, for a program. */
final class BalanceJson {
  private BalanceJson() {}

  static void write(List<Balance> balances, PrintWriter out) {
    StringWriter document = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(document)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeBooleanField("balances", balances.stream().allMatch(Balance::balances));
      json.writeArrayFieldStart("contests");
      for (Balance balance : balances) {
        write(balance, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    out.println(document);
  }

  private static void write(Balance balance, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("law_id", balance.lawId());
    json.writeStringField("at", balance.at().toString());
    json.writeBooleanField("closed", balance.closed());
    json.writeBooleanField("compared", balance.compared());
    json.writeNumberField("unaccounted", balance.unaccounted());
    json.writeBooleanField("balances", balance.balances());
    json.writeBooleanField("finished", balance.finished());
    votes(balance.votes(), json);
    ballots(balance.ballots(), json);
    json.writeArrayFieldStart("lines");
    for (Line line : balance.lines()) {
      json.writeStartObject();
      json.writeStringField("book", line.book().code());
      json.writeStringField("what", line.what());
      json.writeNumberField("expected", line.expected());
      json.writeNumberField("found", line.found());
      json.writeBooleanField("agrees", line.agrees());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("differences_found", balance.found());
    json.writeArrayFieldStart("differences");
    for (Difference difference : balance.differences()) {
      json.writeStartObject();
      json.writeStringField("book", difference.book().code());
      json.writeStringField("id", difference.id());
      json.writeStringField("text", difference.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String note : balance.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void votes(Balance.Votes votes, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("votes");
    json.writeNumberField("cast", votes.cast());
    json.writeNumberField("recorded", votes.recorded());
    json.writeNumberField("duplicated", votes.duplicated());
    json.writeNumberField("rejected", votes.rejected());
    json.writeNumberField("pending", votes.pending());
    json.writeNumberField("parked", votes.parked());
    json.writeNumberField("discarded", votes.discarded());
    json.writeNumberField("lost", votes.lost());
    json.writeEndObject();
  }

  private static void ballots(Balance.Ballots ballots, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("ballots");
    json.writeNumberField("participations", ballots.participations());
    json.writeNumberField("waiting", ballots.waiting());
    json.writeNumberField("in_box", ballots.inBox());
    json.writeNumberField("spoiled", ballots.spoiled());
    json.writeEndObject();
  }
}
