// A test that also fails when the browser complained: a refused script, a broken picture, a panic.
import { test as base, expect } from "@playwright/test";

// Chromium notes every answer with 4xx, and every request without a network; tests ask for both.
const EXPECTED =
  /Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_(INTERNET_DISCONNECTED|FAILED))/;
// Without a network it also looks for a newer service worker, in vain.
const WITHOUT_NETWORK = /^An unknown error occurred when fetching the script\.$/;
// With JavaScript off nothing uses the WASM that the page preloads.
const WITHOUT_JAVASCRIPT = /was preloaded using link preload but not used/;

export const test = base.extend({
  complaints: [
    async ({ page, hasJavaScript }, use) => {
      const complaints = [];
      // The browser gives up a transition between pages when its window changes; nothing is lost.
      page.on("pageerror", (error) => /Transition was (aborted|skipped)/.test(error) || complaints.push(`page: ${error}`));
      page.on("console", (message) => {
        const text = message.text();
        const expected = EXPECTED.test(text) || WITHOUT_NETWORK.test(text) || (!hasJavaScript && WITHOUT_JAVASCRIPT.test(text));
        if (["error", "warning"].includes(message.type()) && !expected) {
          complaints.push(`${message.type()}: ${text}`);
        }
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  hasJavaScript: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
});

export { expect };
