package io.scrutin.hashgen;

import io.lettuce.core.RedisClient;
import io.scrutin.servers.RedisServer;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/**
 * What a national roll costs, on real servers: run it by hand, with a folder on disk and the number
 * of voters. Each command is a process of its own with 512 MB of heap.
 */
final class EightMillion {
  private EightMillion() {}

  public static void main(String[] arguments) throws Exception {
    Path dir = Files.createDirectories(Path.of(arguments[0]));
    int voters = Integer.parseInt(arguments[1]);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Path csv = dir.resolve("roll-" + voters + ".csv");
    if (!Files.exists(csv)) {
      write(csv, voters);
    }
    RedisServer redis = TestRedis.own();
    TestPostgres.Own postgres = TestPostgres.own();
    Shell shell = new Shell(dir).on(postgres.database(), redis.url(), "bench");
    Path rolls = dir.resolve("rolls-" + ProcessHandle.current().pid());
    time(out, shell, "generate", "--in", csv.toString(), "--out", rolls.toString());
    time(out, shell, "load", "--in", rolls.toString());
    time(out, shell, "load", "--in", rolls.toString());
    time(out, shell, "verify", "--in", rolls.toString());
    time(out, shell, "rebuild", "--law", "law-1");
    try (Connection connection = postgres.database().ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_table_size('roll.voter') / 1e6, pg_indexes_size('roll.voter') / 1e6,"
                    + " pg_total_relation_size('roll.voter') / 1e6")) {
      row.next();
      out.printf(
          "Postgres: table %.0f MB, index %.0f MB, together %.0f MB%n",
          row.getDouble(1), row.getDouble(2), row.getDouble(3));
    }
    RedisClient client = RedisClient.create(redis.url());
    client
        .connect()
        .sync()
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .forEach(line -> out.println("Redis: " + line));
    System.exit(0);
  }

  private static void write(Path csv, int voters) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
      writer.write("nas,code,law_id\n");
      for (int from = 0; from < voters; from += 1_000) {
        for (String row : Voters.rows(from, Math.min(1_000, voters - from), "law-1")) {
          writer.write(row + "\n");
        }
      }
    }
  }

  private static void time(PrintWriter out, Shell shell, String... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = Child.command(shell, List.of("-Xmx512m"), words);
    builder
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT);
    long began = System.nanoTime();
    int exit = builder.start().waitFor();
    out.printf("%s: exit %d after %.1f s%n", words[0], exit, (System.nanoTime() - began) / 1e9);
  }
}
