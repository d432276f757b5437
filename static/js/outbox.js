/* Taps that are not saved yet: each is sent until it is answered, in the order they were made.

   A tap goes out under a key of its own, which the server counts once, however often it comes.
   Until it is answered it is kept on this device under the person's id, so that the next page of
   theirs sends it, and nobody else's does. `outbox.add({url, said})` puts one in; a document
   hears "tap-answered" of each, and "taps-late" when somebody should see what is not saved. The
   words are in <template data-outbox>s, translated there. */
const outbox = (() => {
  const person = document.querySelector("[data-person]")?.dataset.person;
  const PLACE = `taps of ${person}`;
  const ANSWERED_WITHIN = 20_000; // milliseconds; what takes longer has got no answer
  const NOTICED_AFTER = 2_000; // before that a tap on its way is nothing to speak of
  const [FIRST_REST, LONGEST_REST] = [1_000, 60_000]; // before a tap is tried again

  const taps = person ? stored() : [];
  let isSending = false;
  let isLate = taps.length > 0;
  let rest = FIRST_REST;
  let alarm;

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(PLACE)) ?? [];
    } catch {
      return []; // a browser that keeps nothing: taps wait while their page is open
    }
  }

  // Read anew each time: another tab may have put some there.
  function keep(change) {
    try {
      localStorage.setItem(PLACE, JSON.stringify(change(stored())));
    } catch {
      return;
    }
  }

  // crypto.randomUUID is missing on an office server without https.
  function newKey() {
    const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    );
    return hex.join("");
  }

  function tell(name, detail) {
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // In the save bar where there is one; what asks for a hand stands on top of the page.
  function say(kind, address) {
    const bar = document.getElementById("save-bar");
    const notices = document.getElementById("notices");
    notices.querySelector("[data-outbox-says]")?.remove();
    bar?.querySelector("[data-outbox-says]")?.remove();
    if (taps.length && bar) put(bar, "late");
    if (kind && !(kind === "late" && bar)) put(notices, kind, address);
  }

  function put(place, kind, address) {
    const template = document.querySelector(`template[data-outbox="${kind}"]`);
    const said = template.content.firstElementChild.cloneNode(true);
    said.dataset.outboxSays = kind;
    if (address) said.querySelector("a").href = address;
    if (place.id === "save-bar") place.replaceChildren(said);
    else place.append(said);
  }

  function post({ key, url, said }) {
    return fetch(url, {
      method: "POST",
      body: new URLSearchParams({ ...said, key }),
      headers: {
        ...JSON.parse(document.body.getAttribute("hx-headers")),
        "HX-Request": "true",
        "HX-Current-URL": location.href,
      },
      keepalive: true, // whoever leaves the page in the middle of it
      signal: AbortSignal.timeout(ANSWERED_WITHIN),
    });
  }

  function late(kind, address) {
    isLate = true;
    say(kind, address);
    tell("taps-late");
  }

  // Whether the next one may go out.
  async function send(tap) {
    const noticed = setTimeout(late, NOTICED_AFTER, "late");
    let answer, html;
    try {
      answer = await post(tap);
      html = await answer.text();
    } catch {
      answer = { status: 0 };
    }
    clearTimeout(noticed);

    const { status } = answer;
    const elsewhere = answer.headers?.get("HX-Redirect");
    if (status === 0 || status === 429 || status >= 500) {
      late("late");
      alarm = setTimeout(sendAll, rest);
      rest = Math.min(rest * 2, LONGEST_REST);
      return false;
    }
    if (status === 403) return late("stale", location.href);
    if (status === 200 && elsewhere) return late("signed-out", elsewhere);

    rest = FIRST_REST;
    taps.splice(taps.indexOf(tap), 1);
    keep((all) => all.filter(({ key }) => key !== tap.key));
    isLate &&= taps.length > 0;
    const isTaken = status === 200 || status === 422; // the row says which
    if (elsewhere) location.assign(elsewhere);
    else if (!isTaken) say("refused");
    else if (!taps.length) say();
    tell("tap-answered", { tap, html: isTaken ? html : null });
    return true;
  }

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    clearTimeout(alarm);
    while (taps.length && (await send(taps[0])));
    isSending = false;
  }

  if (person) {
    if (isLate) say("late");
    for (const back of ["online", "pageshow"]) addEventListener(back, sendAll);
    document.addEventListener("visibilitychange", sendAll);
  }

  return {
    taps,
    isLate: () => isLate,
    add(tap) {
      const made = { ...tap, key: newKey() };
      taps.push(made);
      keep((all) => [...all, made]);
      if (isLate) tell("taps-late");
      sendAll();
    },
  };
})();
