package io.scrutin.hashgen;

/** What a voter is told with the code, in both languages. */
final class Letter {
  private Letter() {}

  /**
   * @param code as it is printed
   */
  static String french(String lawId, String url, String code) {
    return """
        Vous êtes inscrit ou inscrite sur la liste électorale du vote «\u00a0%s\u00a0». Pour voter, rendez-vous à \
        l’adresse %s, entrez votre numéro d’assurance sociale (NAS) et le code %s, puis choisissez votre réponse. \
        Les dates du vote figurent à cette adresse. Ce code est secret\u00a0: ne le communiquez à personne. Vous ne \
        pouvez voter qu’une seule fois\u00a0: votre premier vote compte et ne peut plus être modifié. Notez le numéro \
        de demande affiché après votre vote\u00a0: il permet de vérifier que celui-ci a été enregistré.\
        """
        .formatted(lawId, url, code);
  }

  static String english(String lawId, String url, String code) {
    return """
        You are on the voters' list for the vote “%s”. To vote, go to %s, enter your social insurance number \
        (SIN) and the code %s, then choose your answer. The dates of the vote are given at that address. This code \
        is secret: do not share it with anyone. You can vote only once: your first vote counts and cannot be \
        changed. Keep the request number shown after you vote: with it you can check that your vote was recorded.\
        """
        .formatted(lawId, url, code);
  }
}
