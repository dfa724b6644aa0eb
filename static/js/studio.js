/* All script of the studio besides htmx. Pages are complete without it. No eval, no inline handlers (strict CSP).
   Written for Blink >= 80 and iOS Safari >= 13: no optional chaining. docs/TEMPLATES.md lists the data- attributes. */
(function () {
  "use strict";
  var OFFLINE = "网络断了，写的都在这一页", UNSAVED = "草稿没存上，写的都在这一页";
  var QUIET_MS = 3000, TWICE_MS = 5000;

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function within(root, selector) { return (root.matches && root.matches(selector) ? [root] : []).concat(all(selector, root)); }
  function say(element, words) { if (element && element.textContent !== words) element.textContent = words; }
  function device() {
    try {
      var key = localStorage.getItem("device") || Math.random().toString(36).slice(2, 14);
      localStorage.setItem("device", key);
      return key;
    } catch (error) { return ""; } // private mode
  }

  /* Drafts. Reads the form and never writes into it: a write would kill or double a running dictation. */
  function autosave(form) {
    var url = form.dataset.autosave, line = document.getElementById("save-line");
    var composing = false, timer = 0, sent = false, saved = body(), busy = false;
    function body() {
      var data = new URLSearchParams();
      new FormData(form).forEach(function (value, name) { if (typeof value === "string") data.append(name, value); });
      return data.toString();
    }
    function full(now) {
      var data = new URLSearchParams(now);
      data.set("device", device());
      data.set("rev", String(Date.now())); // a late arrival must not overwrite a newer text
      return data;
    }
    function save() {
      clearTimeout(timer);
      if (composing || sent) return;
      if (busy) { timer = setTimeout(save, 500); return; }
      var now = body();
      if (now === saved) return;
      busy = true;
      fetch(url, { method: "POST", body: full(now), credentials: "same-origin" }).then(function (answer) {
        var plain = (answer.headers.get("Content-Type") || "").indexOf("text/plain") === 0;
        if (answer.ok && plain) saved = now;
        return plain ? answer.text() : UNSAVED; // a page instead of a line: signed out meanwhile
      }).then(function (words) { say(line, words); }, function () { say(line, OFFLINE); })
        .then(function () { busy = false; });
    }
    function later() { clearTimeout(timer); timer = setTimeout(save, QUIET_MS); }
    function leave() {
      if (sent) return;
      var now = body();
      if (now !== saved && navigator.sendBeacon && navigator.sendBeacon(url, full(now))) saved = now;
    }
    // By owner, not by place: a field may stand inside another form and say form="…".
    function on(type, act) {
      document.addEventListener(type, function (event) {
        if (event.target === form || event.target.form === form) act();
      }, true);
    }
    on("compositionstart", function () { composing = true; });
    on("compositionend", function () { composing = false; later(); });
    on("input", later);
    on("change", save);
    on("focusout", save);
    form.addEventListener("submit", function (event) { if (!event.defaultPrevented) { sent = true; clearTimeout(timer); } });
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") leave(); });
    window.addEventListener("pageshow", function (event) { if (event.persisted) sent = false; });
  }

  /* Photos go up one by one as soon as they are chosen; a photo that fails never holds up the form. */
  function photos(input) {
    var form = input.form, status = document.createElement("p"), list = document.createElement("ul"), count = 0;
    var name = input.dataset.photoName || "photo_ids", most = Number(input.dataset.photoMax || 6);
    var given = input.dataset.photoList && document.getElementById(input.dataset.photoList);
    status.className = "save-line"; status.setAttribute("role", "status");
    list.className = "photo-list"; if (given) list = given;
    input.insertAdjacentElement("afterend", status);
    if (!given) status.insertAdjacentElement("afterend", list);
    input.removeAttribute("name"); // what has gone up alone must not be sent again
    function show(photo) {
      var item = document.createElement("li"), image = new Image(), id = document.createElement("input"), button = document.createElement("button");
      image.src = photo.thumb; image.alt = "第" + (list.children.length + 1) + "张照片";
      id.type = "hidden"; id.name = name; id.value = photo.id;
      button.type = "button"; button.className = "btn-link"; button.textContent = "去掉"; button.dataset.photoRemove = "";
      [image, id, button].forEach(function (part) { item.appendChild(part); });
      list.appendChild(item);
    }
    function failed(words, number) { say(status, words || "第" + number + "张没传上去。记录可以先交，照片以后补"); }
    function send(files) {
      var file = files.shift();
      if (!file) { form.dispatchEvent(new Event("change")); return; }
      if (list.children.length >= most) { say(status, "最多放" + most + "张"); return; }
      var number = ++count, data = new FormData();
      data.append("photo", file);
      data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      say(status, "正在传第" + number + "张…");
      fetch(input.dataset.photoUpload, { method: "POST", body: data, credentials: "same-origin", headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.json(); })
        .then(function (photo) {
          if (photo.id) { show(photo); say(status, "第" + number + "张传好了"); } else failed(photo.error, number);
        }, function () { failed("", number); })
        .then(function () { send(files); });
    }
    input.addEventListener("change", function () {
      var files = Array.prototype.slice.call(input.files);
      input.value = ""; // choosing the same photo again must count as a change
      send(files);
    });
  }

  function tickAll(group) {
    var button = document.createElement("button"), boxes = all("input[type=checkbox]", group);
    button.type = "button"; button.className = "btn-quiet"; button.textContent = group.dataset.tickAll;
    button.addEventListener("click", function () {
      var some = boxes.some(function (box) { return !box.checked; });
      boxes.forEach(function (box) { box.checked = some; });
      if (boxes[0]) boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
    });
    group.appendChild(button);
  }

  /* data-when="day=pick" (or "day=pick|other"): the field shows only while that choice is made. */
  function reveal(input) {
    var field = input.closest(".field") || input, wish = input.dataset.when.split("="), picks = wish[1].split("|"), form = input.form || input.closest("form");
    function look() {
      field.hidden = !all("[name='" + wish[0] + "']", form).some(function (option) {
        return picks.indexOf(option.value) >= 0 && (option.checked || option.tagName === "SELECT");
      });
    }
    form.addEventListener("change", look);
    look();
  }

  /* 显示密码: without script the box stays hidden text and all works. */
  function showPassword(input) {
    var button = document.createElement("button");
    button.type = "button"; button.className = "btn-link";
    function label() { say(button, input.type === "password" ? "显示密码" : "不显示密码"); }
    button.addEventListener("click", function () { input.type = input.type === "password" ? "text" : "password"; label(); });
    if (input.form) input.form.addEventListener("submit", function () { input.type = "password"; });
    label();
    input.insertAdjacentElement("afterend", button);
  }

  function dress(root) {
    within(root, "input[data-show-password]").forEach(showPassword);
    within(root, "form[data-autosave]").forEach(autosave);
    within(root, "input[data-photo-upload]").forEach(photos);
    within(root, "[data-tick-all]").forEach(tickAll);
    within(root, "[data-when]").forEach(reveal);
    within(root, "[data-print]").forEach(function (button) { button.hidden = false; });
  }

  /* Enter confirms a pinyin candidate; it must not send the form as well. */
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229) && event.target.tagName === "INPUT") event.preventDefault();
  });

  /* 打分表: 1 to 5, 0 for 没法判断; then on to the words where they are asked for, else to the next item. */
  document.addEventListener("keydown", function (event) {
    var group = event.target.type === "radio" && event.target.closest("[data-digits]");
    if (!group || !/^[0-5]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    var radios = all("input[type=radio]", group), groups = all("[data-digits]");
    var chosen = radios[event.key === "0" ? radios.length - 1 : Number(event.key) - 1];
    event.preventDefault();
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    var following = groups[groups.indexOf(group) + 1], words = group.parentNode.querySelector("input[type=text]");
    var next = event.key === "1" || event.key === "5" ? words : following && (following.querySelector("input:checked") || following.querySelector("input"));
    if (next) next.focus(); else chosen.focus();
  });

  /* A double tap sends once. By time, not by disabling: whoever tries again later is let through. */
  document.addEventListener("submit", function (event) {
    var form = event.target, now = Date.now();
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.sentAt && now - form.sentAt < TWICE_MS) { event.preventDefault(); return; }
    form.sentAt = now;
  });
  window.addEventListener("pageshow", function () { all("form").forEach(function (form) { form.sentAt = 0; }); });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    if ("photoRemove" in button.dataset) {
      var item = button.closest("li"), form = item.closest("form");
      item.parentNode.removeChild(item);
      if (form) form.dispatchEvent(new Event("change"));
    }
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    var fresh = event.detail.elt;
    dress(fresh);
    var place = within(fresh, "#error-summary, [data-focus]")[0];
    if (place) { place.focus(); say(document.getElementById("live"), place.textContent.trim()); }
  });
  document.addEventListener("htmx:sendError", function () { say(document.getElementById("live"), OFFLINE); });

  document.addEventListener("DOMContentLoaded", function () {
    dress(document);
    var summary = document.getElementById("error-summary");
    if (summary) summary.focus();
  });
})();
