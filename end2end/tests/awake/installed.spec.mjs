import { expect, test } from "../watch.mjs";

test("the shop can be installed", async ({ page }) => {
  await page.goto("/ro");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const browser = await page.context().newCDPSession(page);
  const manifest = await browser.send("Page.getAppManifest");
  expect(manifest.errors).toEqual([]);
  expect(manifest.url).toMatch(/\/ro\/manifest\.webmanifest$/);
  const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors");
  // A private window, which tests have, installs nothing.
  const told = installabilityErrors.map((error) => error.errorId).filter((error) => error !== "in-incognito");
  expect(told).toEqual([]);
});
