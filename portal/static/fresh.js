// Conditional requests. What htmx fetched stays in this page's memory, no longer, and is asked for again by its tag.
// Whoever comes back to a page after a while is told when it is no longer what the portal has.
(() => {
  "use strict";
  const MOST = 10, WHILE = 60 * 1000;
  const kept = new Map();
  let left = Date.now();

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const known = detail.verb === "get" && kept.get(detail.path);
    if (known) detail.headers["If-None-Match"] = known.tag;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig: { verb, path } } = event.detail;
    if (verb !== "get") return;
    const known = kept.get(path), tag = xhr.getResponseHeader("ETag");
    kept.delete(path);
    if (xhr.status === 304 && known) {
      event.detail.serverResponse = known.html;
      kept.set(path, known);
    } else if (xhr.status === 200 && tag) kept.set(path, { tag, html: xhr.responseText });
    if (kept.size > MOST) kept.delete(kept.keys().next().value);
  });

  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) {
      left = Date.now();
      return;
    }
    const tag = document.querySelector("[data-fresh]")?.dataset.fresh;
    if (!tag || Date.now() - left < WHILE || document.getElementById("stale")) return;
    try {
      const headers = { "HX-Request": "true", "If-None-Match": `W/"${tag}"` };
      if ((await fetch(location.href, { headers })).status !== 200) return;
    } catch { return; }
    const line = document.createElement("p"), link = document.createElement("a");
    line.id = "stale";
    line.className = "message info";
    link.href = location.href;
    link.textContent = "Обновить";
    line.append("Пока вы не смотрели, страница изменилась. ", link);
    document.getElementById("messages").append(line);
  });
})();
