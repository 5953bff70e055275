package io.scrutin.standalone;

import io.scrutin.standalone.Credentials.Credential;
import java.util.List;
import java.util.Locale;

/** The forms in which a voter's NAS or code could be found where it must not be. */
final class Secrets {
  private final List<String> forms;

  Secrets(Credential voter, String lawId) {
    this.forms = voter.forms(lawId);
  }

  /** Those forms that the text holds, none of which should be. */
  List<String> in(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return forms.stream().filter(lower::contains).toList();
  }
}
