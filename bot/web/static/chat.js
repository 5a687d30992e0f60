// Sends the form without leaving the page, keeps the conversation over a reload, and tries again when the line is lost.
"use strict";

const form = document.getElementById("form");
const list = document.getElementById("messages");
const status_ = document.getElementById("status");
const input = document.getElementById("text");
const KEPT = "messages";
const MOST_KEPT = 60;
const TRY_AGAIN = [1, 2, 4, 8, 15, 30]; // seconds
let busy = false;

// The tab keeps what was said; the server keeps no words.
function keep() {
  while (list.children.length > MOST_KEPT) list.firstElementChild.remove();
  try { sessionStorage.setItem(KEPT, list.innerHTML); } catch { /* full or forbidden: the page works without */ }
}

function restore() {
  let kept = null;
  try { kept = sessionStorage.getItem(KEPT); } catch { /* forbidden */ }
  const query = new URLSearchParams(location.search);
  if (kept && query.has("open")) list.insertAdjacentHTML("afterbegin", kept);
  else if (kept) list.innerHTML = kept;
  if (location.search) history.replaceState(null, "", location.pathname);
  showLast();
}

function showLast() {
  const last = list.lastElementChild;
  if (!last) return;
  const main = document.querySelector("main");
  // A long answer is read from its top.
  if (last.offsetHeight > main.clientHeight) last.scrollIntoView({ block: "start" });
  else main.scrollTop = main.scrollHeight;
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

// The same id goes with every try, so that a message that did arrive is not answered twice.
async function send(body) {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch("./messages", { method: "POST", body });
      if (response.ok) return await response.text();
      if (response.status < 500) return null;
      if (attempt === TRY_AGAIN.length) return null;
    } catch { /* no connection */ }
    say("lost");
    await pause(TRY_AGAIN[Math.min(attempt, TRY_AGAIN.length - 1)]);
  }
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter && event.submitter.name === "data" ? event.submitter : null;
  const text = input.value.trim();
  if (busy || (!button && !text)) return;
  busy = true;
  const body = new URLSearchParams({ id: newId(), locale: form.elements.locale.value });
  if (button) body.set("data", button.value);
  else body.set("text", text);

  const said = document.createElement("li");
  said.className = "person";
  said.dir = "auto";
  said.textContent = button ? button.textContent : text;
  list.append(said);
  if (!button) input.value = "";
  document.querySelector("details").open = false;
  say("waiting");
  showLast();

  const html = await send(body);
  busy = false;
  if (html === null) {
    said.remove();
    if (!button) input.value = text;
    say("failed");
    return;
  }
  say("");
  list.insertAdjacentHTML("beforeend", html);
  keep();
  showLast();
  // Another language may read the other way round: the whole page follows.
  if ((button ? button.value : text).startsWith("/language ")) location.replace(location.pathname);
  else if (!button) input.focus();
});

input.addEventListener("keydown", (event) => {
  const phone = matchMedia("(pointer: coarse)").matches;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !phone) {
    event.preventDefault();
    form.requestSubmit();
  }
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("details").open = false;
});

restore();
