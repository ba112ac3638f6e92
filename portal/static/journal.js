// The journal's grid: a key sets a mark. Without this script each cell is a link to the lesson's page.
// What could not be sent waits in localStorage: ids and values only, a day at most, under opaque names of account and
// session. What waits from this session goes by itself; what an earlier one left (or somebody planted) only when asked.
(() => {
  "use strict";
  const grid = document.getElementById("grid");
  if (!grid || !grid.dataset.cells) return;
  const byId = (id) => document.getElementById(id);
  const DAY = 24 * 60 * 60 * 1000, AT_ONCE = 50, PREFIX = "portal.journal.", OURS = /^\/journal\/groups\/\d+\/cells$/;
  const MARKS = ["5", "4", "3", "2", "1", "зач", "нз", "н/а", "осв"];
  // Letters by meaning, then by the key they share with the Russian layout (н б у о), then by their Latin first letter.
  const ABSENCE = { н: "Н", б: "Б", у: "У", о: "О" };
  const BY_CODE = { KeyY: "Н", Comma: "Б", KeyE: "У", KeyJ: "О", KeyN: "Н", KeyB: "Б", KeyU: "У", KeyO: "О" };
  const { cells: url, account, today } = grid.dataset;
  const headers = { "Content-Type": "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  const heads = [...grid.tHead.rows[0].cells], rows = [...grid.tBodies[0].rows];
  const types = byId("grid-type"), status = byId("grid-status"), conflicts = byId("grid-conflicts");
  const columns = new Map(heads.map((head, n) => [head.dataset.lesson || `p${head.dataset.period}`, n]));
  const columnType = new Map();
  const known = new Map();
  let queue = [], current = null, adding = false, sending = false, pause = 0, timer = 0;

  // — what a cell holds: as the server said it, with what waits laid over —
  const headOf = (td) => heads[td.cellIndex];
  const pupilOf = (td) => td.parentNode.dataset.pupil;
  const placeOf = (td) => `${td.parentNode.cells[0].firstChild.textContent.trim()}, ${headOf(td).textContent.trim()}`;
  const isFinal = (td) => "period" in headOf(td).dataset;
  const cellOf = (entry) => {
    const row = rows.find((one) => one.dataset.pupil === String(entry.pupil));
    const place = columns.get(entry.kind === "period" ? `p${entry.period}` : String(entry.lesson));
    return entry.url === url && row && place !== undefined ? row.cells[place] : null;
  };
  const read = (td) => {
    if (!known.has(td)) {
      const marks = (td.dataset.m || "").split(" ").filter(Boolean).map((one) => one.split(":"));
      known.set(td, {
        marks: marks.map(([id, value, type]) => ({ id, value, type })), absence: td.dataset.a || "", final: td.dataset.v || "",
      });
    }
    return known.get(td);
  };
  const waiting = (td) => queue.filter((entry) => cellOf(entry) === td);
  const effective = (td) => {
    const { marks, absence, final } = read(td);
    const cell = { marks: marks.map((mark) => ({ ...mark })), absence, final };
    for (const entry of waiting(td)) {
      if (entry.kind === "absence") cell.absence = entry.value;
      else if (entry.kind === "period") cell.final = entry.value;
      else {
        const mark = cell.marks.find((one) => (entry.mark ? one.id === entry.mark : one.key === (entry.after || entry.key)));
        if (!entry.value) cell.marks = cell.marks.filter((one) => one !== mark);
        else if (mark) Object.assign(mark, { value: entry.value, type: entry.work_type });
        else cell.marks.push({ id: "", key: entry.key, value: entry.value, type: entry.work_type });
      }
    }
    return cell;
  };
  const option = (type) => [...types.options].find((one) => one.value === String(type));
  const weightOf = (type) => Number(option(type)?.dataset.weight ?? 1);

  const paint = (td, state) => {
    const cell = effective(td);
    const link = td.querySelector("a") || td.appendChild(document.createElement("a"));
    const part = (tag, text, name) => {
      const element = document.createElement(tag);
      if (name) element.className = name;
      element.textContent = text;
      return element;
    };
    const shown = [];
    if (isFinal(td)) shown.push(cell.final);
    if (cell.absence) shown.push(part("span", cell.absence, cell.absence === "О" ? "late" : "absent"), " ");
    for (const mark of cell.marks) {
      shown.push(mark.value);
      if (weightOf(mark.type) !== 1) shown.push(part("sup", weightOf(mark.type)));
      shown.push(" ");
    }
    link.replaceChildren(...shown);
    if (link.textContent.trim()) link.removeAttribute("aria-hidden");
    if (state) td.dataset.state = state;
    else delete td.dataset.state;
    if (!isFinal(td)) paintAverage(td.parentNode);
    if (td === current) describe(td);
  };
  const paintAverage = (row) => {
    let sum = 0, weights = 0;
    for (const td of row.cells) {
      if (!("lesson" in headOf(td).dataset) || !(td.dataset.m || known.has(td))) continue;
      for (const mark of effective(td).marks) {
        if (!/^[1-5]$/.test(mark.value)) continue;
        sum += mark.value * weightOf(mark.type);
        weights += weightOf(mark.type);
      }
    }
    const hundredths = weights ? Math.floor((200 * sum + weights) / (2 * weights)) : 0;
    const cell = row.querySelector(".average");
    cell.textContent = weights ? `${Math.floor(hundredths / 100)},${String(hundredths % 100).padStart(2, "0")}` : "";
  };

  // — the queue —
  const keep = (entry) => {
    try { localStorage.setItem(`${PREFIX}${account}.${entry.key}`, JSON.stringify(entry)); } catch { /* no storage: memory only */ }
  };
  const forget = (entry) => {
    queue = queue.filter((one) => one !== entry);
    try { localStorage.removeItem(`${PREFIX}${account}.${entry.key}`); } catch { /* as above */ }
  };
  const recall = () => {
    const left = [], person = account.split(".")[0];
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
        let entry = null;
        try { entry = JSON.parse(localStorage.getItem(name)); } catch { /* not ours to read */ }
        if (!entry || !(Math.abs(Date.now() - entry.at) < DAY) || !OURS.test(entry.url)) localStorage.removeItem(name);
        else if (name.startsWith(`${PREFIX}${account}.`)) queue.push(entry);
        else if (name.startsWith(`${PREFIX}${person}.`)) left.push({ name, entry });
      }
    } catch { /* no storage */ }
    const byTime = (one, other) => one.at - other.at;
    queue.sort(byTime);
    for (const entry of queue) if (cellOf(entry)) paint(cellOf(entry), "unsaved");
    if (left.length) ask(left.sort((one, other) => byTime(one.entry, other.entry)));
  };
  // What an earlier session left is shown, cell by cell, and goes only when the teacher says so.
  const ask = (left) => {
    const here = left.filter(({ entry }) => cellOf(entry)), elsewhere = left.length - here.length;
    const drop = (some) => some.forEach(({ name }) => localStorage.removeItem(name));
    const said = ({ entry }) => `${placeOf(cellOf(entry))} — ${entry.value || "убрать"}`;
    if (here.length) {
      warn(`Не отправлено с прошлого раза: ${here.length}. ${here.map(said).join("; ")}.`, [
        ["Отправить", () => {
          drop(here);
          for (const { entry } of here) {
            delete entry.flying;
            queue.push(entry);
            keep(entry);
            paint(cellOf(entry), "saving");
          }
          send();
        }],
        ["Удалить", () => drop(here)],
      ]);
    }
    if (elsewhere) {
      warn(`Не отправлено с прошлого раза в других журналах: ${elsewhere}. Откройте тот журнал, чтобы отправить.`, [
        ["Понятно", () => {}], ["Удалить", () => drop(left.filter((one) => !here.includes(one)))],
      ]);
    }
  };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const put = (td, kind, value, more = {}) => {
    const last = waiting(td).filter((entry) => entry.kind === kind).pop();
    if (last && !last.flying && !more.add) {
      last.value = value; // not sent yet: the last word counts
      if (kind === "mark" && value) last.work_type = more.type;
      keep(last);
    } else {
      const cell = effective(td), mark = kind === "mark" && !more.add ? cell.marks[cell.marks.length - 1] : undefined;
      if (!value && kind === "mark" && !mark) return;
      const entry = {
        at: Date.now(), url, kind, value, key: newKey(), pupil: pupilOf(td),
        lesson: headOf(td).dataset.lesson, period: headOf(td).dataset.period, work_type: more.type ?? mark?.type,
        mark: mark?.id || undefined, known: cell.marks.length,
        seen: kind === "mark" ? (mark ? `${mark.value}:${mark.type}` : "") : kind === "absence" ? cell.absence : cell.final,
      };
      if (mark && !mark.id) entry.after = mark.key; // its mark is still on the way
      queue.push(entry);
      keep(entry);
    }
    paint(td, "saving");
    clearTimeout(timer);
    timer = setTimeout(send, 120);
  };

  const send = async () => {
    clearTimeout(timer);
    if (sending || !queue.length) return;
    const target = queue[0].url, seen = new Set(), batch = [];
    for (const entry of queue) {
      const place = `${entry.lesson}.${entry.period}.${entry.pupil}`;
      if (entry.url !== target || batch.length >= AT_ONCE || seen.has(place)) continue;
      seen.add(place);
      batch.push(entry);
    }
    sending = true;
    for (const entry of batch) entry.flying = true;
    const outcome = await deliver(target, batch);
    sending = false;
    for (const entry of batch) entry.flying = false;
    if (outcome.results) {
      pause = 0;
      batch.forEach((entry, n) => settle(entry, outcome.results[n]));
      tell(queue.length ? "Сохраняется…" : `✓ Сохранено${ofAbsent(batch)}`);
      if (queue.length) send();
    } else {
      for (const entry of queue) if (cellOf(entry)) paint(cellOf(entry), "unsaved");
      tell(`${outcome.words} Ждут отправки: ${queue.length}.`, true);
      if (outcome.again) {
        pause = Math.min(30000, pause * 2 || 4000);
        timer = setTimeout(send, pause);
      }
    }
  };
  // A mark for an absent pupil is right (came late, answered later) or a slip of the hand: the teacher sees it.
  const ofAbsent = (batch) => batch.filter((entry) => entry.kind === "mark" && entry.value && cellOf(entry))
    .map(cellOf).filter((td) => /[НБУ]/.test(effective(td).absence))
    .map((td) => `. ${placeOf(td)}: у ученика стоит ${effective(td).absence}`).join("");
  const deliver = async (target, batch) => {
    const stop = new AbortController(), limit = setTimeout(() => stop.abort(), 20000);
    const entries = batch.map(({ kind, value, key, pupil, lesson, period, work_type, mark, known, seen }) =>
      ({ kind, value, key, pupil, lesson, period, work_type, mark, known, seen }));
    try {
      const answer = await fetch(target, {
        method: "POST", headers, body: JSON.stringify({ entries }), redirect: "manual", signal: stop.signal,
      });
      if (answer.ok) return await answer.json();
      if (answer.type === "opaqueredirect" || answer.status === 400) {
        return { words: "Вход закончился. Записи сохранены в этом браузере: обновите страницу, войдите, и портал предложит их отправить." };
      }
      if (answer.status === 403 || answer.status === 404) {
        const results = batch.map(() => ({ status: "refused", reason: "Этот журнал вам больше не доступен на запись.", lost: true }));
        return { results };
      }
      return { again: true, words: "Портал не смог ответить. Записи сохранены в этом браузере и уйдут сами." };
    } catch {
      return { again: true, words: "Нет связи. Записи сохранены в этом браузере и уйдут, когда связь вернётся." };
    } finally { clearTimeout(limit); }
  };

  const settle = (entry, result) => {
    forget(entry);
    const td = cellOf(entry);
    if (!td) {
      if (result.status !== "saved") warn(result.reason, []);
      return;
    }
    if (!result.lost) {
      const cell = { ...read(td) };
      if (entry.kind === "period") cell.final = result.final;
      else {
        cell.marks = result.marks.map(([id, value, type]) => ({ id: String(id), value, type: String(type) }));
        cell.absence = result.absence;
      }
      known.set(td, cell);
      for (const later of waiting(td)) rebase(later, cell);
    }
    paint(td, waiting(td).length ? "saving" : result.status === "saved" ? "saved" : "conflict");
    if (result.status === "saved") return;
    const where = `${placeOf(td)}: `;
    const said = (value) => value || "пусто";
    if (result.status === "refused") return warn(where + result.reason, [["Понятно", () => paint(td)]]);
    const mine = entry.value;
    warn(`${where}сейчас ${said(result.theirs)}, вы вводите ${said(mine)}.`, [
      [`Записать ${said(mine)}`, () => put(td, entry.kind, mine, { type: entry.work_type })],
      ["Оставить как есть", () => paint(td)],
    ]);
  };
  // What was typed while the cell's earlier entry was on its way goes on from what that one left.
  const rebase = (entry, cell) => {
    if (entry.kind === "absence") entry.seen = cell.absence;
    else if (entry.kind === "period") entry.seen = cell.final;
    else {
      entry.known = cell.marks.length;
      if (!entry.after) return;
      const mark = cell.marks[cell.marks.length - 1];
      entry.after = undefined;
      entry.mark = mark?.id;
      entry.seen = mark ? `${mark.value}:${mark.type}` : "";
    }
    keep(entry);
  };

  // — words —
  const tell = (text, bad = false) => {
    status.textContent = text;
    status.className = bad ? "unsaved" : "saved";
  };
  const warn = (text, choices) => {
    const item = document.createElement("li");
    item.className = "message bad";
    item.append(text);
    for (const [title, act] of choices.length ? choices : [["Понятно", () => {}]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = title;
      button.addEventListener("click", () => { item.remove(); act(); current?.focus(); });
      item.append(" ", button);
    }
    conflicts.append(item);
  };
  const describe = (td) => {
    const cell = effective(td), here = byId("grid-here"), head = headOf(td);
    const names = cell.marks.map((mark) => `${mark.value} — ${option(mark.type)?.textContent ?? ""}`);
    const words = [cell.absence, ...names, cell.final].filter(Boolean).join(", ");
    const link = document.createElement("a");
    link.href = isFinal(td) ? td.querySelector("a").href : `../lessons/${head.dataset.lesson}/pupils/${pupilOf(td)}`;
    link.textContent = "Подробно и история";
    here.replaceChildren(`${td.parentNode.cells[0].firstChild.textContent.trim()}, ${head.textContent.trim()}: ${words || "пусто"}. `, link);
  };

  // — the hand —
  const focus = (td) => {
    if (!td || !td.matches("td") || td.classList.contains("average")) return;
    if (current) current.tabIndex = -1;
    current = td;
    td.tabIndex = 0;
    td.focus({ preventScroll: true });
    td.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (!isFinal(td)) types.value = typeOf(td);
    adding = false;
    if (!queue.length) tell("");
    describe(td);
  };
  const usual = types.options[0].value;
  // The column's work type: the one chosen for it, else the one all its marks have, else the usual one.
  const typeOf = (td) => {
    const place = td.cellIndex;
    if (!columnType.has(place)) {
      const used = new Set(rows.flatMap((row) => effective(row.cells[place]).marks.map((mark) => mark.type)));
      columnType.set(place, used.size === 1 ? [...used][0] : usual);
    }
    return columnType.get(place);
  };
  const beside = (td, down, right) => {
    const steps = Math.abs(down) + Math.abs(right);
    let row = td.parentNode.sectionRowIndex, place = td.cellIndex;
    for (let n = 0; n < steps; n += 1) {
      row += Math.sign(down);
      place += Math.sign(right);
      if (heads[place] && !("lesson" in heads[place].dataset) && !("period" in heads[place].dataset)) place += Math.sign(right);
    }
    return rows[row] && place > 0 ? rows[row].cells[place] : null;
  };
  const enter = (td, token, add = false) => {
    const final = isFinal(td), absence = ABSENCE[token.toLowerCase()];
    const mark = MARKS.includes(token.toLowerCase()) ? token.toLowerCase() : "";
    if (td.classList.contains("off")) return tell("Здесь записать нельзя: урок отменён или ученика не было в группе.", true);
    if (!final && headOf(td).dataset.date > today) return tell("Урок ещё впереди: записи делают в день урока или позже.", true);
    if (mark && "unmarked" in grid.dataset) return tell("В первых классах отметок нет.", true);
    if (mark && final) put(td, "period", mark);
    else if (mark) put(td, "mark", mark, { type: typeOf(td), add });
    else if (absence && !final) put(td, "absence", absence);
    return undefined;
  };
  const remove = (td) => {
    const cell = effective(td);
    if (isFinal(td)) { if (cell.final) put(td, "period", ""); }
    else if (cell.marks.length) put(td, "mark", "");
    else if (cell.absence) put(td, "absence", "");
  };

  grid.addEventListener("keydown", (event) => {
    const td = event.target.closest("td");
    if (!td || event.altKey || event.ctrlKey || event.metaKey) return;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0], Tab: [0, event.shiftKey ? -1 : 1] };
    const token = /^[1-5]$/.test(event.key) ? event.key : ABSENCE[event.key.toLowerCase()] || BY_CODE[event.code];
    if (moves[event.key]) {
      const next = beside(td, ...moves[event.key]);
      if (!next && event.key === "Tab") return;
      focus(next);
    } else if (event.key === "+") {
      adding = true;
      tell("Ещё одна отметка в ту же клетку: нажмите цифру.");
    } else if (event.key === "Delete" || event.key === "Backspace") remove(td);
    else if (event.key === "F2") { byId("grid-here").querySelector("a")?.click(); }
    else if (token) { enter(td, token, adding); adding = false; }
    else if (/^[\p{L}\d]$/u.test(event.key)) tell(`«${event.key}» в клетку не ставят: есть цифры 1–5 и буквы н б у о.`, true);
    else return;
    event.preventDefault();
  });
  document.addEventListener("paste", (event) => {
    const start = document.activeElement?.closest("#grid td");
    if (!start) return;
    event.preventDefault();
    const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "").split("\n");
    let strange = 0;
    lines.forEach((line, down) => line.split("\t").forEach((text, right) => {
      const td = rows[start.parentNode.sectionRowIndex + down]?.cells[start.cellIndex + right], token = text.trim();
      if (!token || !td || td.classList.contains("average")) return;
      if (MARKS.includes(token.toLowerCase()) || ABSENCE[token.toLowerCase()]) enter(td, token);
      else strange += 1;
    }));
    if (strange) tell(`Не понято и пропущено: ${strange}. В клетку ставят 1–5, зач, нз, н/а, осв или Н, Б, У, О.`, true);
  });
  const coarse = matchMedia("(pointer: coarse)").matches;
  grid.tBodies[0].addEventListener("click", (event) => {
    const td = event.target.closest("td");
    if (!td || coarse || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    focus(td);
  });
  grid.tBodies[0].addEventListener("dblclick", (event) => {
    const link = event.target.closest("td")?.querySelector("a");
    if (link) location.assign(link.href);
  });
  grid.addEventListener("focusin", (event) => {
    const td = event.target.closest("td");
    if (td && td !== current) focus(td);
    else if (td) describe(td);
  });
  types.addEventListener("change", () => {
    if (!current) return;
    columnType.set(current.cellIndex, types.value);
    current.focus();
  });
  addEventListener("online", () => { pause = 0; send(); });

  for (const link of grid.tBodies[0].querySelectorAll("a")) link.tabIndex = -1;
  grid.setAttribute("role", "grid");
  byId("grid-bar").hidden = coarse;
  const now = heads.findIndex((one) => one.dataset.date >= today);
  const first = rows[0]?.cells[now > 0 ? now : 1];
  if (first && !first.matches(".average")) {
    first.tabIndex = 0;
    const box = grid.parentNode;
    box.scrollLeft = first.offsetLeft + first.offsetWidth * 2 - box.clientWidth;
  }
  recall();
  send();
})();
