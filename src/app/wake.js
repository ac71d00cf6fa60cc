((js, wasm) => {
  const all = (selector) => document.querySelectorAll(selector);
  let core;
  const load = () =>
    (core ??= import(js)
      .then(async (module) => {
        await module.default({ module_or_path: wasm });
        module.hydrate();
        return module;
      })
      .catch((error) => {
        core = undefined;
        throw error;
      }));

  const waking = new Map();
  const awake = new WeakSet();
  const wake = (island) => {
    if (!waking.has(island)) {
      const done = load().then((module) => module[island.dataset.component](island));
      waking.set(island, done.then(() => awake.add(island)));
      done.catch(() => waking.delete(island));
    }
    return waking.get(island);
  };
  const islandOf = (node) => {
    const opener = node.closest?.("[data-wakes]");
    return opener ? document.querySelector(`#${opener.dataset.wakes} leptos-island`) : node.closest?.("leptos-island");
  };
  for (const touch of ["pointerover", "pointerdown", "focusin"]) {
    addEventListener(touch, (event) => {
      const island = islandOf(event.target);
      if (island) wake(island).catch(() => {});
    });
  }

  let plain;
  addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const island = islandOf(form);
      if (!island || awake.has(island) || plain === form) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (form.dataset.busy) return;
      form.dataset.busy = "1";
      const again = () => {
        delete form.dataset.busy;
        form.requestSubmit(event.submitter);
      };
      wake(island).then(
        () => setTimeout(again),
        () => {
          plain = form;
          again();
        },
      );
    },
    true,
  );
  addEventListener(
    "click",
    (event) => {
      const opener = event.target.closest?.("[data-wakes]");
      const island = opener && islandOf(opener);
      if (!island || awake.has(island) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      wake(island).then(
        () => setTimeout(() => opener.click()),
        () => location.assign(opener.href),
      );
    },
    true,
  );

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
      if (!all("leptos-island").length) return;
      load()
        .then(() => Promise.all([...all("[data-wake] leptos-island")].map(wake)))
        .catch(() => {});
    }),
  );
})
