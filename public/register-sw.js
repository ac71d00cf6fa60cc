// Registers the service worker when the page has been there for a while, so that it takes nothing from
// its loading. Without it, or when it fails, the shop is the same.
if ("serviceWorker" in navigator) {
  const register = () => navigator.serviceWorker.register("/sw.js").catch(() => {});
  addEventListener("load", () => setTimeout(() => (window.requestIdleCallback ?? setTimeout)(register), 2_000));
}
