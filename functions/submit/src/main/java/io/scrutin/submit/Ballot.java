package io.scrutin.submit;

import io.scrutin.credential.Code;
import io.scrutin.credential.Nas;
import io.scrutin.event.Contest;

/** A vote whose form is right. It exists only inside one request, and shows nothing of itself. */
record Ballot(Nas nas, Code code, Contest contest, String choiceId) {
  @Override
  public String toString() {
    return "ballot";
  }
}
