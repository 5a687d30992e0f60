// Sends the form without leaving the page, keeps the conversation over a reload, and tries again when the line is lost.
"use strict";

const form = document.getElementById("form");
const list = document.getElementById("messages");
const status_ = document.getElementById("status");
const input = document.getElementById("text");
const main = document.querySelector("main");
const languages = document.querySelector("details");
const MOST_KEPT = 60;
const TRY_AGAIN = [1, 2, 4, 8, 15, 30]; // seconds
const LONGEST_TRY = 30; // seconds
let busy = false;

// The tab keeps what was said; the server keeps no words. Full or forbidden: the page works without.
const kept = {
  read(name) { try { return sessionStorage.getItem(name) || ""; } catch { return ""; } },
  write(name, text) { try { sessionStorage.setItem(name, text); } catch { /* as said */ } },
};

function keep() {
  while (list.children.length > MOST_KEPT) list.firstElementChild.remove();
  kept.write("messages", list.innerHTML);
}

function restore() {
  const messages = kept.read("messages");
  const address = new URL(location.href);
  const opened = address.searchParams.has("open");
  if (messages && !opened) list.replaceChildren();
  list.insertAdjacentHTML("afterbegin", messages);
  input.value = input.value || kept.read("draft");
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

async function post(body) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), LONGEST_TRY * 1000);
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
async function send(body) {
  for (let attempt = 0; ; attempt++) {
    const { status, html } = await post(body);
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
  for (const [here, there] of ["summary", "details ul", "label", ".send .unseen", "nav"].map(pairs)) {
    here.innerHTML = there.innerHTML;
  }
  history.replaceState(null, "", address);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter && event.submitter.name === "data" ? event.submitter : null;
  const text = input.value.trim();
  if (busy || (!button && !text)) return;
  busy = true;
  const body = new URLSearchParams({ id: newId(), locale: form.elements.locale.value });
  body.set(button ? "data" : "text", button ? button.value : text);

  if (!button) {
    input.value = "";
    kept.write("draft", text);
  }
  if (languages.contains(button)) languages.querySelector("summary").focus();
  languages.open = false;
  say("waiting");
  const said = showSaid(button ? button.textContent : text);

  const html = await send(body);
  busy = false;
  if (html === null) {
    said.remove();
    if (!button) input.value = [text, input.value].filter(Boolean).join("\n");
    say("failed");
    return;
  }
  say("");
  kept.write("draft", "");
  said.insertAdjacentHTML("afterend", html);
  keep();
  showLast();
  // On a phone the keyboard would cover the answer.
  if (!button && !onPhone()) input.focus();
  const answer = said.nextElementSibling;
  if (answer && (button ? button.value : text).startsWith("/language ")) await follow(answer.lang);
});

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
