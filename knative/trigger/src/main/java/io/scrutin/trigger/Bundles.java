package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is published as one message each. */
final class Bundles {
  private Bundles() {}

  /** In their order, but for those of a type that come together: the first says where. */
  static List<List<Event>> of(List<Event> events) {
    List<List<Event>> bundles = new ArrayList<>();
    Map<EventType, List<Event>> growing = new EnumMap<>(EventType.class);
    for (Event event : events) {
      EventType type = event.fact().type();
      List<Event> bundle = growing.get(type);
      if (bundle == null || bundle.size() == EventType.MOST_TOGETHER) {
        bundle = new ArrayList<>();
        bundles.add(bundle);
        if (type.comesTogether()) {
          growing.put(type, bundle);
        }
      }
      bundle.add(event);
    }
    return bundles;
  }

  /** One by one: of a bundle that is too large to be published, each may be small enough. */
  static List<List<Event>> apart(List<Event> bundle) {
    return bundle.stream().map(List::of).toList();
  }
}
