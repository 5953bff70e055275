"use strict";

(() => {
  const TEXTS = {
    fr: {
      "skip": "Aller au contenu",
      "loading": "Chargement de la consultation…",
      "loading.failed": "La consultation ne peut pas être chargée pour le moment. Nouvel essai dans quelques secondes.",
      "loading.none": "Aucune consultation n’est annoncée pour le moment.",
      "law": "Consultation",
      "demonstration": "Démonstration : les bulletins y sont dépouillés un à un et le compte change aussitôt. Qui regarde pourrait deviner le choix de quelqu’un ; ce n’est donc pas un vote secret, et il n’a aucune valeur.",
      "times.upcoming": "Le vote ouvre le {opens} et ferme le {closes}.",
      "times.open": "Le vote est ouvert jusqu’au {closes}.",
      "times.closed": "Le vote a fermé le {closes}.",
      "form.title": "Votre vote",
      "form.nas": "Numéro d’assurance sociale (NAS)",
      "form.nas.hint": "Neuf chiffres, avec ou sans espaces.",
      "form.code": "Code de vote",
      "form.code.hint": "Celui que vous avez reçu : de 6 à 16 lettres et chiffres.",
      "form.choice": "Votre choix",
      "form.send": "Voter",
      "form.secret": "Votre NAS et votre code ne sont pas conservés. Votre choix est scellé dès sa réception.",
      "sending": "Envoi de votre vote…",
      "received": "Votre vote est en sûreté. Nous attendons qu’il soit enregistré ; vous pouvez rester sur cette page.",
      "again.in": "Le système ne peut pas répondre pour le moment. Votre vote sera envoyé de nouveau dans {seconds} s, sans risque qu’il compte deux fois.",
      "summary.title.one": "Le vote n’a pas été accepté : il y a une correction à faire",
      "summary.title.other": "Le vote n’a pas été accepté : il y a {count} corrections à faire",
      "summary.field": "{label} : {message}",
      "summary.refused": "Le vote n’a pas été accepté",
      "summary.network": "Le système n’a pas répondu. Vérifiez votre connexion, puis appuyez de nouveau sur « Voter » : le même vote ne compte jamais deux fois.",
      "outcome.number": "Numéro de votre demande :",
      "outcome.again": "Nouveau vote",
      "outcome.recorded": "Votre vote est enregistré",
      "outcome.recorded.text": "Il compte, une fois et une seule. Vous n’avez plus rien à faire.",
      "outcome.duplicate": "Un vote était déjà enregistré",
      "outcome.duplicate.text": "Un vote a déjà été enregistré avec ce NAS et ce code. C’est le premier qui compte ; celui-ci n’a rien changé.",
      "outcome.duplicate.attempt": "C’était la tentative nº {attempt}.",
      "outcome.rejected": "Votre vote n’est pas compté",
      "outcome.rejected.unknown_credential": "Ce NAS et ce code ne correspondent pas à une personne inscrite pour cette consultation. Vérifiez les deux et recommencez.",
      "outcome.rejected.too_late": "Il est arrivé après la fermeture du vote.",
      "outcome.rejected.too_early": "Il est arrivé avant l’ouverture du vote.",
      "outcome.rejected.other": "Il n’a pas pu être vérifié. Si vous n’en voyez pas la raison, donnez le numéro de votre demande à l’assistance.",
      "outcome.parked": "Votre vote est mis de côté",
      "outcome.parked.text": "Il n’est ni perdu ni refusé : une personne doit l’examiner. Gardez le numéro de votre demande pour en connaître la suite.",
      "outcome.parked.discarded": "Il n’a pas pu être traité, et une personne a décidé qu’il ne compterait pas. Tant que le vote est ouvert, vous pouvez voter de nouveau.",
      "outcome.received": "Votre vote est en sûreté",
      "outcome.received.text": "Son enregistrement prend plus de temps que d’habitude. Cette page continue de vérifier ; il sera traité même si vous la fermez.",
      "results.title": "Résultats",
      "results.none": "Les résultats ne peuvent pas être chargés pour le moment.",
      "results.live": "Résultats provisoires, mis à jour au fil du dépouillement.",
      "results.final": "Résultats définitifs.",
      "results.withheld": "Les résultats seront publiés après la fermeture du vote, une fois tous les bulletins comptés.",
      "results.withheld.until": "Les résultats seront publiés une fois tous les bulletins comptés, après la fermeture du vote ({until}).",
      "results.count.one": "{votes} voix, {share}",
      "results.count.other": "{votes} voix, {share}",
      "results.total": "Total des voix : {total}",
      "results.updated": "Mis à jour le {updated}.",
      "footer.api": "Description de l’API (OpenAPI)"
    },
    en: {
      "skip": "Skip to content",
      "loading": "Loading the law to vote on…",
      "loading.failed": "The law to vote on cannot be loaded at the moment. Trying again in a few seconds.",
      "loading.none": "No vote is announced at the moment.",
      "law": "Law to vote on",
      "demonstration": "Demonstration: ballots are opened one by one here and the count changes at once. Whoever watches could guess somebody’s choice; so this is not a secret vote, and it decides nothing.",
      "times.upcoming": "Voting opens on {opens} and closes on {closes}.",
      "times.open": "Voting is open until {closes}.",
      "times.closed": "Voting closed on {closes}.",
      "form.title": "Your vote",
      "form.nas": "Social insurance number (SIN)",
      "form.nas.hint": "Nine digits, with or without spaces.",
      "form.code": "Voting code",
      "form.code.hint": "The one you were sent: 6 to 16 letters and digits.",
      "form.choice": "Your choice",
      "form.send": "Vote",
      "form.secret": "Your SIN and your code are not kept. Your choice is sealed as soon as it arrives.",
      "sending": "Sending your vote…",
      "received": "Your vote is safe. We are waiting until it is recorded; you may stay on this page.",
      "again.in": "The system cannot answer at the moment. Your vote will be sent again in {seconds} s, with no risk that it counts twice.",
      "summary.title.one": "The vote was not accepted: there is one thing to correct",
      "summary.title.other": "The vote was not accepted: there are {count} things to correct",
      "summary.field": "{label}: {message}",
      "summary.refused": "The vote was not accepted",
      "summary.network": "The system did not answer. Check your connection, then press “Vote” again: the same vote never counts twice.",
      "outcome.number": "Number of your request:",
      "outcome.again": "New vote",
      "outcome.recorded": "Your vote is recorded",
      "outcome.recorded.text": "It counts, once and only once. There is nothing more to do.",
      "outcome.duplicate": "A vote was already recorded",
      "outcome.duplicate.text": "A vote was already recorded with this SIN and code. The first one counts; this one changed nothing.",
      "outcome.duplicate.attempt": "This was attempt no. {attempt}.",
      "outcome.rejected": "Your vote does not count",
      "outcome.rejected.unknown_credential": "This SIN and this code do not match anybody on the roll for this law. Check both and try again.",
      "outcome.rejected.too_late": "It arrived after voting had closed.",
      "outcome.rejected.too_early": "It arrived before voting opened.",
      "outcome.rejected.other": "It could not be verified. If you see no reason for it, give support the number of your request.",
      "outcome.parked": "Your vote is set aside",
      "outcome.parked.text": "It is neither lost nor refused: a person has to look at it. Keep the number of your request to learn what follows.",
      "outcome.parked.discarded": "It could not be processed, and a person decided that it will not count. While voting is open you may vote again.",
      "outcome.received": "Your vote is safe",
      "outcome.received.text": "Recording it takes longer than usual. This page keeps checking; it will be dealt with even if you close it.",
      "results.title": "Results",
      "results.none": "The results cannot be loaded at the moment.",
      "results.live": "Provisional results, updated as ballots are counted.",
      "results.final": "Final results.",
      "results.withheld": "Results will be published after voting has closed, once every ballot is counted.",
      "results.withheld.until": "Results will be published once every ballot is counted, after voting has closed ({until}).",
      "results.count.one": "{votes} vote, {share}",
      "results.count.other": "{votes} votes, {share}",
      "results.total": "Votes in total: {total}",
      "results.updated": "Updated on {updated}.",
      "footer.api": "Description of the API (OpenAPI)"
    }
  };
  const FIELD_OF = { nas: "nas", code: "code", vote: "vote" };
  const MAX_RESENDS = 5;

  const byId = (id) => document.getElementById(id);
  const state = {
    language: firstLanguage(),
    contests: [],
    lawId: null,
    tally: null,
    tallyFailed: false,
    loading: "loading",
    progress: null,
    outcome: null,
    problem: null,
    busy: false,
    attempt: null,
    stream: null
  };

  function firstLanguage() {
    const asked = new URLSearchParams(location.search).get("lang");
    const wanted = [asked, ...(navigator.languages || [navigator.language])];
    for (const tag of wanted) {
      const language = String(tag || "").toLowerCase().split("-")[0];
      if (TEXTS[language]) {
        return language;
      }
    }
    return "fr";
  }

  function text(key, values = {}) {
    const template = TEXTS[state.language][key] || key;
    return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  function moment(iso) {
    return new Intl.DateTimeFormat(state.language + "-CA",
      { dateStyle: "long", timeStyle: "short", hourCycle: "h23" }).format(new Date(iso));
  }

  function plural(count) {
    // French has a third form, for millions, which these texts do not tell from the second.
    return new Intl.PluralRules(state.language + "-CA").select(count) === "one" ? "one" : "other";
  }

  function number(value) {
    return new Intl.NumberFormat(state.language + "-CA").format(value);
  }

  function share(votes, total) {
    return new Intl.NumberFormat(state.language + "-CA",
      { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 })
      .format(total > 0 ? votes / total : 0);
  }

  function element(name, className, content) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    if (content !== undefined) {
      made.textContent = content;
    }
    return made;
  }

  function contest() {
    return state.contests.find((one) => one.law_id === state.lawId) || null;
  }

  /** As the server saw it when it was asked last: by the clock of a machine that is hours off, nobody there could vote. */
  function phase(one) {
    return one.state;
  }

  // ---- What is shown ----

  function show() {
    document.documentElement.lang = state.language;
    for (const labelled of document.querySelectorAll("[data-text]")) {
      labelled.textContent = text(labelled.dataset.text);
    }
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
    }
    byId("loading").textContent = state.loading ? text(state.loading) : "";
    byId("loading").hidden = !state.loading;
    showContest();
    showProblem();
    showOutcome();
    showResults();
  }

  function showContest() {
    const one = contest();
    byId("contest").hidden = !one;
    byId("laws").hidden = state.contests.length < 2;
    byId("demonstration").hidden = !one || one.results.group_size !== 1;
    byId("demonstration").textContent = text("demonstration");
    if (!one) {
      document.title = "Scrutin";
      return;
    }
    const title = one.title[state.language];
    document.title = title + " – Scrutin";
    byId("title").textContent = title;
    byId("question").textContent = one.question[state.language];
    byId("times").textContent = text("times." + phase(one),
      { opens: moment(one.opens_at), closes: moment(one.closes_at) });
    byId("form").hidden = phase(one) !== "open" || isSettled();
    showChoices(one);
    showLaws();
  }

  /** Kept when only the language changes, so that what was chosen stays chosen. */
  function showChoices(one) {
    const box = byId("choices");
    if (box.dataset.law !== one.law_id) {
      box.dataset.law = one.law_id;
      box.replaceChildren(...one.choices.map((choice) => {
        const label = element("label", "choice");
        const radio = element("input");
        radio.type = "radio";
        radio.name = "vote";
        radio.value = choice.id;
        radio.required = true;
        label.append(radio, element("span"));
        return label;
      }));
    }
    one.choices.forEach((choice, index) => {
      box.children[index].querySelector("span").textContent = choice.label[state.language];
    });
  }

  function showLaws() {
    const options = state.contests.map((one) => {
      const option = element("option", "", one.title[state.language]);
      option.value = one.law_id;
      option.selected = one.law_id === state.lawId;
      return option;
    });
    byId("law").replaceChildren(...options);
  }

  function isSettled() {
    return state.outcome !== null && state.outcome.status !== "rejected";
  }

  function showProblem() {
    const problem = state.problem;
    const errors = problem ? problem.errors : [];
    byId("summary").hidden = !problem;
    for (const field of Object.values(FIELD_OF)) {
      const own = errors.filter((error) => FIELD_OF[error.field] === field);
      const place = byId(field + "-error");
      place.hidden = own.length === 0;
      place.lang = problem ? problem.language : state.language;
      place.textContent = own.map((error) => error.message).join(" ");
      if (own.length > 0) {
        byId(field).setAttribute("aria-invalid", "true");
      } else {
        byId(field).removeAttribute("aria-invalid");
      }
    }
    if (!problem) {
      return;
    }
    const detail = byId("summary-detail");
    byId("summary-title").textContent = errors.length > 0
      ? text("summary.title." + plural(errors.length), { count: errors.length })
      : text("summary.refused");
    detail.hidden = errors.length > 0;
    // What the server wrote stays in the language that it was asked in.
    detail.lang = problem.key ? state.language : problem.language;
    detail.textContent = problem.key ? text(problem.key) : problem.detail;
    byId("summary-list").replaceChildren(...errors.map((error) => {
      const item = element("li");
      item.lang = problem.language;
      const field = FIELD_OF[error.field];
      const label = field ? TEXTS[problem.language]["form." + (field === "vote" ? "choice" : field)] : error.field;
      const link = element(field ? "a" : "span", "",
        TEXTS[problem.language]["summary.field"].replace("{label}", label).replace("{message}", error.message));
      if (field) {
        link.href = "#" + field;
      }
      item.append(link);
      return item;
    }));
  }

  function showOutcome() {
    const outcome = state.outcome;
    byId("progress").textContent = state.progress
      ? text(state.progress.key, state.progress.values) : "";
    byId("send").setAttribute("aria-disabled", String(state.busy));
    byId("outcome").hidden = !outcome;
    if (!outcome) {
      return;
    }
    byId("outcome").dataset.status = outcome.status;
    byId("outcome-title").textContent = text("outcome." + outcome.status);
    byId("outcome-text").textContent = outcomeText(outcome);
    byId("request-id").textContent = outcome.request_id;
    byId("again").hidden = !isSettled() || outcome.status === "received";
  }

  function outcomeText(outcome) {
    if (outcome.status === "rejected") {
      const key = "outcome.rejected." + outcome.reason;
      return text(TEXTS[state.language][key] ? key : "outcome.rejected.other");
    }
    if (outcome.status === "parked" && outcome.reason === "discarded") {
      return text("outcome.parked.discarded");
    }
    const plain = text("outcome." + outcome.status + ".text");
    return outcome.status === "duplicate" && outcome.attempt_count
      ? plain + " " + text("outcome.duplicate.attempt", { attempt: number(outcome.attempt_count) })
      : plain;
  }

  function showResults() {
    const one = contest();
    const tally = state.tally;
    byId("results").hidden = !one || (!tally && !state.tallyFailed);
    if (!one || byId("results").hidden) {
      return;
    }
    const visible = Boolean(tally && tally.visible);
    byId("results-state").textContent = resultsState(tally);
    byId("counts").hidden = !visible;
    byId("results-total").hidden = !visible;
    byId("results-updated").hidden = !visible || !tally.updated_at;
    if (visible) {
      const votes = new Map(tally.counts.map((count) => [count.choice, count.votes]));
      showCounts(one, votes, tally.total);
      byId("results-total").textContent = text("results.total", { total: number(tally.total) });
      byId("results-updated").textContent = tally.updated_at
        ? text("results.updated", { updated: moment(tally.updated_at) }) : "";
    }
  }

  function resultsState(tally) {
    if (!tally) {
      return text("results.none");
    }
    if (!tally.visible) {
      return tally.withheld_until
        ? text("results.withheld.until", { until: moment(tally.withheld_until) })
        : text("results.withheld");
    }
    return text(tally.final ? "results.final" : "results.live");
  }

  /** Elements are kept, so that bars grow and a screen reader is not thrown out of the list. */
  function showCounts(one, votes, total) {
    const list = byId("counts");
    if (list.dataset.law !== one.law_id) {
      list.dataset.law = one.law_id;
      list.replaceChildren(...one.choices.map(() => {
        const item = element("li");
        const line = element("div", "count-text");
        line.append(element("span"), element("span"));
        const track = element("div", "track");
        track.setAttribute("aria-hidden", "true");
        track.append(element("div", "fill"));
        item.append(line, track);
        return item;
      }));
    }
    one.choices.forEach((choice, index) => {
      const count = votes.get(choice.id) || 0;
      const item = list.children[index];
      const [name, figures] = item.querySelectorAll("span");
      name.textContent = choice.label[state.language];
      figures.textContent = text("results.count." + plural(count), { votes: number(count), share: share(count, total) });
      item.querySelector(".fill").style.width = (total > 0 ? 100 * count / total : 0) + "%";
    });
  }

  // ---- What is loaded ----

  async function load() {
    try {
      const response = await fetch("/api/v1/contests", { headers: { "Accept": "application/json" } });
      if (!response.ok) {
        throw new Error("status " + response.status);
      }
      state.contests = (await response.json()).contests;
    } catch (failure) {
      state.loading = "loading.failed";
      show();
      setTimeout(load, 3000);
      return;
    }
    const open = state.contests.find((one) => phase(one) === "open");
    const first = open || state.contests[0];
    if (!contest()) {
      state.lawId = first ? first.law_id : null;
      followResults();
    }
    state.loading = first ? null : "loading.none";
    show();
    // Openings and closings are announced while the page stands open.
    setTimeout(load, first ? 30000 : 3000);
  }

  async function followResults() {
    if (state.stream) {
      state.stream.close();
      state.stream = null;
    }
    state.tally = null;
    const lawId = state.lawId;
    if (!lawId) {
      return;
    }
    const address = "/api/v1/results/" + encodeURIComponent(lawId);
    try {
      const response = await fetch(address, { headers: { "Accept": "application/json" } });
      if (response.ok && state.lawId === lawId) {
        take(await response.json());
      }
      state.tallyFailed = !response.ok;
    } catch (failure) {
      state.tallyFailed = true;
    }
    showResults();
    if (state.lawId === lawId) {
      listen(lawId, address + "/stream");
    }
  }

  function listen(lawId, address) {
    const stream = new EventSource(address);
    state.stream = stream;
    stream.addEventListener("tally", (event) => {
      if (state.lawId === lawId) {
        take(JSON.parse(event.data));
        showResults();
      }
    });
    stream.onerror = () => {
      // A stream that merely ended is resumed by the browser; one that was refused is not.
      if (stream.readyState === EventSource.CLOSED && state.stream === stream) {
        state.stream = null;
        setTimeout(() => {
          if (state.lawId === lawId && !state.stream) {
            followResults();
          }
        }, 5000);
      }
    };
  }

  function take(tally) {
    state.tally = tally;
    state.tallyFailed = false;
  }

  // ---- Voting ----

  /** All posts are equally long: who sees the line, or a proxy's log, would tell "yes" from "abstention" by the length. */
  const POST_LENGTH = 512;

  function ballot() {
    const chosen = document.querySelector("input[name=vote]:checked");
    const fields = { nas: byId("nas").value.trim(), code: byId("code").value.trim(), law_id: state.lawId };
    return chosen ? { ...fields, vote: chosen.value } : fields;
  }

  /** One key for one content: pressing again after a failure sends the same vote, not a second. */
  function attemptFor(body) {
    if (!state.attempt || state.attempt.body !== body) {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      state.attempt = { body, key };
    }
    return state.attempt;
  }

  async function vote(event) {
    event.preventDefault();
    if (state.busy) {
      return;
    }
    state.busy = true;
    state.problem = null;
    state.outcome = null;
    progress("sending");
    show();
    try {
      await send(attemptFor(JSON.stringify(ballot()).padEnd(POST_LENGTH)), 0);
    } finally {
      state.busy = false;
      progress(null);
      show();
      focusOnResult();
    }
  }

  function focusOnResult() {
    if (state.problem) {
      byId("summary").focus();
    } else if (state.outcome) {
      byId("outcome").focus();
    }
  }

  async function send(attempt, resends) {
    const language = state.language;
    let response;
    try {
      response = await fetch("/api/v1/vote", {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "Accept": "application/json, application/problem+json",
          "Accept-Language": language,
          "Idempotency-Key": attempt.key,
          "Prefer": "wait=10"
        },
        body: attempt.body
      });
    } catch (failure) {
      return again(attempt, resends, 2, { key: "summary.network", errors: [], language });
    }
    const answer = await response.json().catch(() => ({}));
    if (response.status === 200) {
      return settle(answer);
    }
    if (response.status === 202) {
      progress("received");
      return poll(answer.request_id);
    }
    const problem = { detail: answer.detail || answer.title || "", errors: answer.errors || [], language };
    if (response.status === 503 || response.status === 429) {
      return again(attempt, resends, Number(response.headers.get("Retry-After")) || 5, problem);
    }
    state.problem = problem;
  }

  async function again(attempt, resends, seconds, problem) {
    if (resends === MAX_RESENDS) {
      state.problem = problem;
      return;
    }
    // Half as long again at most: those who were sent away together do not come back together.
    const pause = Math.min(30, seconds) * (1 + Math.random() / 2);
    progress("again.in", { seconds: Math.ceil(pause) });
    await sleep(pause * 1000);
    return send(attempt, resends + 1);
  }

  /** Asks at growing intervals for a minute while the voter waits, then goes on in the background. */
  async function poll(requestId) {
    const until = Date.now() + 60000;
    for (let pause = 1000; Date.now() < until; pause = Math.min(5000, pause * 1.5)) {
      await sleep(pause);
      const outcome = await outcomeOf(requestId);
      if (outcome) {
        return settle(outcome);
      }
    }
    settle({ request_id: requestId, status: "received", attempt_count: null, reason: null });
    pollOn(requestId);
  }

  async function pollOn(requestId) {
    while (state.outcome && state.outcome.request_id === requestId) {
      await sleep(10000);
      const outcome = await outcomeOf(requestId);
      if (outcome && state.outcome && state.outcome.request_id === requestId) {
        settle(outcome);
        show();
        return;
      }
    }
  }

  async function outcomeOf(requestId) {
    try {
      const response = await fetch("/api/v1/vote/" + requestId, { headers: { "Accept": "application/json" } });
      const outcome = response.ok ? await response.json() : null;
      return outcome && outcome.status !== "received" ? outcome : null;
    } catch (failure) {
      return null;
    }
  }

  function settle(outcome) {
    state.outcome = outcome;
    state.attempt = null;
    if (outcome.status !== "rejected") {
      byId("form").reset();
    }
  }

  function progress(key, values = {}) {
    state.progress = key ? { key, values } : null;
    showOutcome();
  }

  function sleep(millis) {
    return new Promise((resolve) => setTimeout(resolve, millis));
  }

  // ---- Beginning ----

  byId("form").addEventListener("submit", vote);
  byId("again").addEventListener("click", () => {
    state.outcome = null;
    show();
    byId("nas").focus();
  });
  byId("law").addEventListener("change", (event) => {
    state.lawId = event.target.value;
    state.outcome = null;
    state.problem = null;
    show();
    followResults();
  });
  byId("summary-list").addEventListener("click", (event) => {
    const field = event.target.getAttribute("href") === "#vote"
      ? document.querySelector("input[name=vote]") : null;
    if (field) {
      event.preventDefault();
      field.focus();
    }
  });
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      state.language = button.dataset.language;
      show();
    });
  }
  show();
  load();
})();
