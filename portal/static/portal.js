// For every page: questions before sending, the focus after a swap, and a word when the line is lost.
// Nothing here is needed to work: each action is a link or a form.
(() => {
  "use strict";
  const LOST = "Нет связи с порталом. Проверьте сеть и повторите.";
  const FAILED = "Портал не смог ответить. Повторите через минуту.";
  let restore = null;

  const line = document.createElement("p");
  line.id = "line";
  line.className = "message bad";
  line.setAttribute("role", "status");
  document.body.append(line);

  const tell = (text) => { line.textContent = text; };
  const textOf = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim().replace(/\s+/g, " ");

  addEventListener("offline", () => tell(LOST));
  addEventListener("online", () => tell(""));

  // data-confirm on a form or on the button that sends it; caught before htmx hears of it.
  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // data-submit on a field: its form goes on a change.
  document.addEventListener("change", (event) => {
    if ("submit" in event.target.dataset) event.target.form?.requestSubmit();
  });

  // A form opened in a list: one at a time, and what was typed in another is not lost unasked.
  const typed = (box) => [...box.querySelectorAll("input, textarea")]
    .some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.target?.matches(".mend")) return;
    const others = [...document.querySelectorAll(".mend")].filter((box) => box.hasChildNodes());
    const waits = (form) => typed(form) || form.querySelector(".error");
    const kept = others.flatMap((box) => [...box.querySelectorAll("form:not(.htmx-request)")]).some(waits);
    if (kept && !confirm("Запись в открытом уроке не сохранена и пропадёт. Открыть другой?")) detail.shouldSwap = false;
    else others.forEach((box) => box.replaceChildren());
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.matches(".mend")) detail.target.querySelector("input:not([type=hidden]), textarea")?.focus();
  });
  document.addEventListener("click", ({ target }) => {
    const box = target.dataset?.close && target.closest(target.dataset.close);
    box?.replaceChildren();
  });

  // data-unsaved on a form: whoever leaves with something typed is asked; what is on its way to the portal is sent.
  addEventListener("beforeunload", (event) => {
    const open = [...document.querySelectorAll("form[data-unsaved]:not(.htmx-request)")];
    if (open.some((form) => typed(form) || form.querySelector(".error"))) event.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful || !detail.elt.matches?.("form[data-unsaved]")) return;
    const sent = detail.requestConfig.formData;
    for (const field of detail.elt.querySelectorAll("input:not([type=hidden]), textarea")) {
      if (field.type === "checkbox") field.defaultChecked = sent.has(field.name);
      else if (sent.has(field.name)) {
        const now = field.value;
        field.defaultValue = sent.get(field.name);
        if (field.value !== now) field.value = now;
      }
    }
  });

  // The role's menu closes like a menu.
  const menu = document.querySelector("details.role");
  document.addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A form that came back with faults: the first one is where the hand goes.
  document.querySelector("[aria-invalid=true]")?.focus();

  // htmx finds the focused element again by its id; whatever has none is found by what it does.
  const signature = (element) =>
    ["rel", "name", "value", "data-focus"]
      .filter((name) => element.hasAttribute(name))
      .map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`)
      .join("");
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const active = document.activeElement;
    const inside = active && active !== document.body && detail.target?.contains(active);
    restore = inside ? { id: active.id, signature: signature(active), target: detail.target.id } : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!restore || document.activeElement !== document.body) return;
    const target = document.getElementById(restore.target);
    const again = (restore.id && document.getElementById(restore.id))
      || (restore.signature && target?.querySelector(restore.signature))
      || target?.querySelector("[aria-invalid=true]");
    if (again) again.focus({ preventScroll: true });
    else if (target) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
    restore = null;
  });

  // A double tap: the row that came after the first has a new key, and the second would write again.
  const pressed = new WeakMap();
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const word = detail.requestConfig?.elt.dataset?.focus;
    if (word && detail.target?.matches("li")) pressed.set(detail.target, { word, until: performance.now() + 500 });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-focus]"), last = pressed.get(button?.closest("li"));
    if (last?.word !== button?.dataset.focus || !(performance.now() < last?.until)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("htmx:sendError", () => tell(LOST));
  document.addEventListener("htmx:timeout", () => tell(LOST));
  document.addEventListener("htmx:responseError", ({ detail }) => {
    const { status, responseText } = detail.xhr;
    tell((status < 500 && textOf(responseText)) || FAILED);
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.successful) tell(""); });
})();
