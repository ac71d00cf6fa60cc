// A test that also fails when the browser complained: a refused script, a broken picture, a panic.
import { test as base, expect } from "@playwright/test";

// Chromium notes every answer with 4xx; those are asked for in tests of refusals.
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d/;

export const test = base.extend({
  complaints: [
    async ({ page }, use) => {
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(`page: ${error}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text())) {
          complaints.push(`${message.type()}: ${message.text()}`);
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
