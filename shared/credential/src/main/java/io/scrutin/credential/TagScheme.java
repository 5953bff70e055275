package io.scrutin.credential;

import io.scrutin.event.Tag;

/** How a contest's roll turns credentials into tags. */
public sealed interface TagScheme permits HmacTags, Sha256Tags {
  /** What {@code Contest.tagScheme} calls it. */
  String name();

  Tag tag(Nas nas, Code code, String lawId);
}
