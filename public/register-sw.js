// Registers the service worker once the page is there, so that it takes nothing from its loading.
// Without it, or when it fails, the shop is the same.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
