package io.scrutin.manifests;

import java.util.List;
import java.util.Optional;

/** When a CronJob runs: five fields, or six where seconds come first. */
final class CronSchedule {
  /** A field, and the numbers that it may hold. */
  private record Field(String name, int least, int most) {
    boolean takes(String text) {
      for (String part : text.split(",", -1)) {
        String[] step = part.split("/", -1);
        if (step.length > 2 || step.length == 2 && !within(step[1], 1, most)) {
          return false;
        }
        if (!step[0].equals("*") && !isRange(step[0])) {
          return false;
        }
      }
      return true;
    }

    private boolean isRange(String text) {
      String[] ends = text.split("-", -1);
      if (ends.length > 2) {
        return false;
      }
      for (String end : ends) {
        if (!within(end, least, most)) {
          return false;
        }
      }
      return ends.length == 1 || Integer.parseInt(ends[0]) <= Integer.parseInt(ends[1]);
    }

    private static boolean within(String text, int least, int most) {
      return text.matches("[0-9]{1,2}")
          && Integer.parseInt(text) >= least
          && Integer.parseInt(text) <= most;
    }
  }

  private static final List<Field> FIELDS =
      List.of(
          new Field("second", 0, 59),
          new Field("minute", 0, 59),
          new Field("hour", 0, 23),
          new Field("day of the month", 1, 31),
          new Field("month", 1, 12),
          new Field("day of the week", 0, 6));

  private CronSchedule() {}

  static Optional<String> problem(String schedule, boolean withSeconds) {
    List<Field> fields = withSeconds ? FIELDS : FIELDS.subList(1, FIELDS.size());
    String[] parts = schedule.split(" ", -1);
    if (parts.length != fields.size()) {
      return Optional.of("'" + schedule + "' is no schedule of " + fields.size() + " fields");
    }
    for (int i = 0; i < parts.length; i++) {
      if (!fields.get(i).takes(parts[i])) {
        return Optional.of("'" + parts[i] + "' is no " + fields.get(i).name());
      }
    }
    return Optional.empty();
  }
}
