/* Passkeys: asks this site for a question, the browser for an answer, and sends that as an ordinary
   form. A form with data-passkey is hidden until this runs; what stands in for it is marked
   data-passkey-missing. Without scripts, and in browsers without passkeys, that stays. */

const able = Boolean(window.PublicKeyCredential && navigator.credentials);

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (char) => char.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function named(credentials) {
  return (credentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function asked(kind, options) {
  const question = { ...options, challenge: bytes(options.challenge) };
  if (kind === "create") {
    question.user = { ...options.user, id: bytes(options.user.id) };
    question.excludeCredentials = named(options.excludeCredentials);
  } else {
    question.allowCredentials = named(options.allowCredentials);
  }
  return question;
}

function answered({ id, rawId, type, response, authenticatorAttachment }) {
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) said[part] = text(response[part]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  const extra = authenticatorAttachment ? { authenticatorAttachment } : {};
  return { id, rawId: text(rawId), type, response: said, clientExtensionResults: {}, ...extra };
}

class Trouble extends Error {
  constructor(when, words = "") {
    super(words);
    this.when = when;
  }
}

async function question(form) {
  let answer;
  try {
    answer = await fetch(form.dataset.question, { method: "POST", body: new FormData(form) });
  } catch {
    throw new Trouble("offline");
  }
  // Signed out meanwhile, or to be confirmed once more: the page itself leads there.
  if (answer.redirected) location.reload();
  let said;
  try {
    said = await answer.json();
  } catch {
    throw new Trouble("failed");
  }
  if (said.error) throw new Trouble("said", said.error);
  return said;
}

function told(error) {
  if (error instanceof Trouble) return error;
  if (error.name === "NotAllowedError" || error.name === "AbortError") return new Trouble("cancelled");
  if (error.name === "InvalidStateError") return new Trouble("known");
  return new Trouble("failed");
}

function show(form, trouble) {
  for (const line of form.querySelectorAll("[data-when]")) {
    line.hidden = line.dataset.when !== trouble?.when;
    if (!line.hidden && trouble.message) line.textContent = trouble.message;
  }
}

async function ask(form, button) {
  const kind = form.dataset.passkey;
  button.disabled = true;
  show(form, null);
  try {
    const { options, state } = await question(form);
    const credential = await navigator.credentials[kind]({ publicKey: asked(kind, options) });
    form.elements.answer.value = JSON.stringify(answered(credential));
    if (form.elements.state) form.elements.state.value = state;
    form.submit();
  } catch (error) {
    show(form, told(error));
    button.disabled = false;
  }
}

for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form, form.querySelector("button"));
  });
}

for (const instead of able ? document.querySelectorAll("[data-passkey-missing]") : []) {
  instead.hidden = true;
}
