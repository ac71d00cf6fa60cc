((js, wasm) => {
  const all = (selector) => document.querySelectorAll(selector);
  let core;
  let alive = false;
  const load = () =>
    (core ??= import(js)
      .then((module) => module.default({ module_or_path: wasm }).then(() => module.hydrate()))
      .then(() => (alive = true))
      .catch((error) => {
        core = undefined;
        throw error;
      }));

  let plain;
  addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (alive || !form.dataset.live || plain === form) return;
      event.preventDefault();
      if (form.dataset.held) return;
      form.dataset.held = "1";
      const again = () => {
        delete form.dataset.held;
        form.requestSubmit(event.submitter);
      };
      load().then(again, () => {
        plain = form;
        again();
      });
    },
    true,
  );
  addEventListener(
    "click",
    (event) => {
      const opener = event.target.closest?.("[data-opens]");
      if (alive || !opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      load().then(
        () => opener.click(),
        () => location.assign(opener.href),
      );
    },
    true,
  );

  addEventListener("click", (event) => {
    const card = event.target.closest?.(".card-link");
    if (card) {
      for (const other of all("[data-chosen]")) delete other.dataset.chosen;
      card.dataset.chosen = "";
    }
    const step = event.target.closest?.("[data-step]");
    if (step) {
      event.preventDefault();
      step.form.elements.quantity.stepUp(step.dataset.step);
    }
  });

  const memory = {
    get: (key) => {
      try {
        return JSON.parse(sessionStorage.getItem(`vatra:${key}`));
      } catch {
        return null;
      }
    },
    set: (key, value) => {
      try {
        sessionStorage.setItem(`vatra:${key}`, JSON.stringify(value));
      } catch {}
    },
  };
  addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.remember) return;
    const typed = [...new FormData(form)].filter(([name]) => form.elements[name].type !== "hidden");
    memory.set(form.dataset.remember, typed);
  });
  addEventListener("DOMContentLoaded", () => {
    for (const page of all("[data-forget]")) memory.set(page.dataset.forget, null);
    for (const form of all("[data-remember]")) {
      for (const [name, value] of memory.get(form.dataset.remember) ?? []) {
        const field = form.elements[name];
        if (field) field.value = value;
      }
    }
  });

  addEventListener("pageshow", ({ persisted }) => {
    const counts = all("[data-cart-count]");
    const told = memory.get("count");
    const early = performance.getEntriesByType("navigation")[0]?.deliveryType === "navigational-prefetch";
    if (!persisted && !early) return memory.set("count", Number(counts[0]?.textContent ?? 0));
    for (const count of told === null ? [] : counts) {
      count.textContent = told;
      count.classList.toggle("none", !told);
    }
  });
  addEventListener("load", () =>
    (window.requestIdleCallback ?? setTimeout)(() => {
      if (all("[data-live],[data-opens]").length) load().catch(() => {});
    }),
  );
})
