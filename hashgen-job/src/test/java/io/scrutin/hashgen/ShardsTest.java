package io.scrutin.hashgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.credential.Code;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.Nas;
import io.scrutin.hashgen.Manifest.Shard;
import io.scrutin.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardsTest {
  @TempDir Path dir;

  private static TreeMap<String, String> files(Path roll) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(roll)) {
      for (Path file : listed.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Property(tries = 20)
  void areTheSameInWhateverOrderTheRowsCome(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int count) throws Exception {
    Path work = Files.createDirectories(TestFolders.fresh("shards"));
    Shell shell = new Shell(work);
    List<String> rows = Voters.rows(1, count, "law-1");
    shell.generate(rows, 50, work.resolve("one"));
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    shell.generate(shuffled, 50, work.resolve("other"));
    assertThat(files(work.resolve("other/law-1"))).isEqualTo(files(work.resolve("one/law-1")));
  }

  @Test
  void holdTheTagOfEachRowOnceInOrderAndWholeBuckets() throws Exception {
    Shell shell = new Shell(dir);
    List<String> rows = Voters.rows(1, 1_000, "law-1");
    shell.generate(rows, 100, dir.resolve("rolls"));
    RollFolder roll = RollFolder.read(dir.resolve("rolls/law-1"));
    List<String> found = new ArrayList<>();
    for (int shard = 1; shard <= roll.manifest().shards().size(); shard++) {
      try (ShardReader reader = roll.open(shard)) {
        for (byte[] tag = reader.next(); tag.length > 0; tag = reader.next()) {
          found.add(HexFormat.of().formatHex(tag));
        }
      }
    }
    HmacTags scheme = new HmacTags(HexFormat.of().parseHex(Shell.PEPPER));
    TreeSet<String> expected = new TreeSet<>();
    for (String row : rows) {
      String[] fields = row.split(",");
      expected.add(scheme.tag(new Nas(fields[0]), new Code(fields[1]), fields[2]).bytes().hex());
    }
    assertThat(found).containsExactlyElementsOf(expected);
    assertThat(roll.manifest().shards()).hasSizeGreaterThan(9).allMatch(s -> s.count() <= 100);
    assertThat(roll.manifest().shards().getLast().lastBucket()).isEqualTo(32_767);
  }

  @Test
  void areWrittenForAFewVotersToo() throws Exception {
    Shell shell = new Shell(dir);
    shell.generate(Voters.rows(1, 1, "law-1"), 100, dir.resolve("rolls"));
    List<Shard> shards = RollFolder.read(dir.resolve("rolls/law-1")).manifest().shards();
    assertThat(shards).hasSize(1);
    assertThat(shards.getFirst().count()).isEqualTo(1);
  }

  @Test
  void areForTheirOwnerAlone() throws Exception {
    new Shell(dir).generate(Voters.rows(1, 10, "law-1"), 100, dir.resolve("rolls"));
    try (Stream<Path> made = Files.walk(dir.resolve("rolls"))) {
      for (Path each : made.filter(path -> !path.endsWith(".lock")).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .as(each.toString())
            .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void areSortedAlsoWhereManyTagsBeginAlike() {
    Random random = new Random(7);
    byte[] records = new byte[3_000 * TagRecords.BYTES];
    random.nextBytes(records);
    for (int i = 0; i < 3_000; i++) {
      int at = i * TagRecords.BYTES;
      for (int b = 0; b < 30; b++) {
        records[at + b] = (byte) (b % 2);
      }
      records[at + 32] = (byte) (i % 3);
      records[at + 33] = (byte) (i % 7);
    }
    TagRecords sorted = new TagRecords(records).sorted(8);
    for (int i = 1; i < sorted.count(); i++) {
      int byLaw = Integer.compare(sorted.law(i - 1), sorted.law(i));
      int byTag = java.util.Arrays.compareUnsigned(sorted.tag(i - 1), sorted.tag(i));
      assertThat(byLaw < 0 || (byLaw == 0 && byTag <= 0)).as("record " + i).isTrue();
    }
  }

  @Test
  void keepTheirDigestOverEachByte() throws Exception {
    Shell shell = new Shell(dir);
    shell.generate(Voters.rows(1, 10, "law-1"), 100, dir.resolve("rolls"));
    RollFolder roll = RollFolder.read(dir.resolve("rolls/law-1"));
    Path file = roll.folder().resolve("shard-0001.json");
    byte[] content = Files.readAllBytes(file);
    for (int at = 0; at < content.length; at += 13) {
      byte[] changed = content.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThat(isRefused(roll)).as("byte " + at).isTrue();
    }
    Files.write(file, content);
    assertThat(isRefused(roll)).isFalse();
  }

  private static boolean isRefused(RollFolder roll) throws IOException {
    try (ShardReader reader = roll.open(1)) {
      while (reader.next().length > 0) {
        continue;
      }
      return false;
    } catch (RollRefused refused) {
      return true;
    }
  }
}
