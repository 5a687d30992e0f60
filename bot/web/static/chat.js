// Sends the form without leaving the page, keeps the conversation over a reload, and tries again when the line is lost.
"use strict";

const form = document.getElementById("form");
const list = document.getElementById("messages");
const status_ = document.getElementById("status");
const input = document.getElementById("text");
const file = form.elements.file;
const main = document.querySelector("main");
const languages = document.querySelector("details");
const MOST_KEPT = 60;
const TRY_AGAIN = [1, 2, 4, 8, 15, 30]; // seconds
const LONGEST_TRY = 30; // seconds
const SLOWEST_LINE = 16_000; // bytes of a file a second
const LONGEST_KEPT_LINK = 20_000; // characters
let busy = false;

// The tab keeps what was said; the server keeps no words. Full or forbidden: the page works without.
const kept = {
  read(name) { try { return sessionStorage.getItem(name) || ""; } catch { return ""; } },
  write(name, text) { try { sessionStorage.setItem(name, text); } catch { /* as said */ } },
};

function keep() {
  while (list.children.length > MOST_KEPT) list.firstElementChild.remove();
  const copy = list.cloneNode(true);
  // A document is in its link. A large one would leave no room for the conversation: only its name is kept.
  for (const link of copy.querySelectorAll("a[download]")) {
    if (link.getAttribute("href")?.length > LONGEST_KEPT_LINK) link.removeAttribute("href");
  }
  kept.write("messages", copy.innerHTML);
}

// The clip stands there while the last reply asks for files.
function offerFiles() {
  form.toggleAttribute("data-files", Boolean(list.lastElementChild?.querySelector('button[value^="/f files"]')));
}

function restore() {
  const messages = kept.read("messages");
  const address = new URL(location.href);
  const opened = address.searchParams.has("open");
  if (messages && !opened) list.replaceChildren();
  list.insertAdjacentHTML("afterbegin", messages);
  input.value = input.value || kept.read("draft");
  offerFiles();
  showLast();
  if (opened) {
    // It is part of the conversation now; a reload does not open it once more.
    keep();
    list.lastElementChild.scrollIntoView();
    address.searchParams.delete("open");
    history.replaceState(null, "", address);
  }
}

// The last question with its answers; if that is too long for the window, from its top.
function showLast() {
  main.scrollTop = main.scrollHeight;
  const questions = list.querySelectorAll(".person");
  const first = questions[questions.length - 1] || list.lastElementChild;
  if (first && first.getBoundingClientRect().top < main.getBoundingClientRect().top) first.scrollIntoView();
}

function say(kind) {
  status_.textContent = kind ? status_.dataset[kind] : "";
  status_.className = kind || "";
}

function pause(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

async function post(body, seconds) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), seconds * 1000);
  try {
    const response = await fetch("./messages", { method: "POST", body, signal: late.signal });
    return { status: response.status, html: await response.text() };
  } catch {
    return { status: 0, html: "" }; // no connection
  } finally {
    clearTimeout(timer);
  }
}

// The same id goes with every try, so that a message that did arrive is not answered twice.
async function send(body, seconds) {
  for (let attempt = 0; ; attempt++) {
    const { status, html } = await post(body, seconds);
    if (status === 200) return html;
    if (status >= 400 && status < 500) return null;
    if (status && attempt === TRY_AGAIN.length) return null;
    say("lost");
    await pause(TRY_AGAIN[Math.min(attempt, TRY_AGAIN.length - 1)]);
  }
}

function onPhone() {
  return matchMedia("(pointer: coarse)").matches;
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function showSaid(text) {
  const said = document.createElement("li");
  said.className = "person";
  said.dir = "auto";
  said.textContent = text;
  list.append(said);
  showLast();
  return said;
}

// Shows what was said, which it returns, and the answer under it; null if it was refused.
async function exchange(words, body, seconds = LONGEST_TRY) {
  busy = file.disabled = true;
  say("waiting");
  const said = showSaid(words);
  const html = await send(body, seconds);
  busy = file.disabled = false;
  if (html === null) {
    said.remove();
    say("failed");
    return null;
  }
  say("");
  said.insertAdjacentHTML("afterend", html);
  keep();
  offerFiles();
  showLast();
  return said;
}

// Another language may read the other way round: the whole page follows, around what is said and half written.
// Not by a reload: in a partner's frame the browser may forbid us to keep anything over it.
async function follow(language) {
  const address = `./?lang=${encodeURIComponent(language)}`;
  const response = await fetch(address).catch(() => null);
  if (!response || !response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const pairs = (selector) => [document.querySelector(selector), page.querySelector(selector)];
  for (const [here, there] of ["html", "[role=log]", "#status", "#form", "#text", "[name=locale]", "nav"].map(pairs)) {
    for (const { name, value } of there.attributes) here.setAttribute(name, value);
  }
  for (const [here, there] of ["summary", "details ul", "label", ".clip span", ".send .unseen", "nav"].map(pairs)) {
    here.innerHTML = there.innerHTML;
  }
  history.replaceState(null, "", address);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter && event.submitter.name === "data" ? event.submitter : null;
  const text = input.value.trim();
  if (busy || (!button && !text)) return;
  const body = new URLSearchParams({ id: newId(), locale: form.elements.locale.value });
  body.set(button ? "data" : "text", button ? button.value : text);

  if (!button) {
    input.value = "";
    kept.write("draft", text);
  }
  if (languages.contains(button)) languages.querySelector("summary").focus();
  languages.open = false;

  const said = await exchange(button ? button.textContent : text, body);
  if (!said) {
    if (!button) input.value = [text, input.value].filter(Boolean).join("\n");
    return;
  }
  kept.write("draft", "");
  // On a phone the keyboard would cover the answer.
  if (!button && !onPhone()) input.focus();
  const answer = said.nextElementSibling;
  if (answer && (button ? button.value : text).startsWith("/language ")) await follow(answer.lang);
});

file.addEventListener("change", async () => {
  const [chosen] = file.files;
  if (!chosen) return;
  if (chosen.size > Number(file.dataset.most)) {
    file.value = "";
    say("large");
    return;
  }
  // Read first: a file that has changed or gone would look like a lost connection, for ever.
  const content = await chosen.arrayBuffer().catch(() => null);
  file.value = "";
  if (busy) return;
  if (!content) {
    say("failed");
    return;
  }
  const body = new FormData();
  body.set("id", newId());
  body.set("locale", form.elements.locale.value);
  // Its name stays here: it may tell of the person, and nobody needs it.
  body.set("file", new Blob([content], { type: chosen.type }), "file");
  await exchange(`📎 ${chosen.name}`, body, LONGEST_TRY + chosen.size / SLOWEST_LINE);
});
document.querySelector(".clip").classList.add("icon");

input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !onPhone()) {
    event.preventDefault();
    form.requestSubmit();
  }
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !languages.open) return;
  languages.open = false;
  languages.querySelector("summary").focus();
});

addEventListener("click", (event) => {
  if (!languages.contains(event.target)) languages.open = false;
});

restore();
