// What holds on every page and in every state of it: WCAG 2.2 AA in both themes, one heading, and
// nothing to scroll sideways, also at 320 px (1.4.10) and with letters of twice the size (1.4.4).
import AxeBuilder from "@axe-core/playwright";
import { expect } from "./watch.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const NARROW = { width: 320, height: 640 };

async function expectNoSideways(page, when) {
  // On phones the window grows with its content, so the width that was asked for counts.
  const { width } = page.viewportSize();
  const wide = await page.evaluate((width) => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= width) return [];
    // Bars that are fixed to the window grow with it.
    const moves = (part) => getComputedStyle(part).position !== "fixed" && !part.closest(".tabs");
    const parts = [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > width + 1);
    return [`${scrollWidth} px`, ...parts.filter(moves).slice(-3).map((part) => part.outerHTML.slice(0, 160))];
  }, width);
  expect(wide, `no sideways scrolling ${when}`).toEqual([]);
}

/** Checks the page as it stands, and leaves it so. */
export async function expectForEveryone(page, hasJavaScript) {
  await expect(page.locator("h1:visible")).toHaveCount(1);
  const size = page.viewportSize();
  await expectNoSideways(page, "as it is");
  await page.setViewportSize(NARROW);
  await expectNoSideways(page, "at 320 px");
  await page.setViewportSize(size);
  const letters = (size) => page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
  await letters("200%");
  await expectNoSideways(page, "with letters of twice the size");
  await letters("");
  if (!hasJavaScript) return; // axe runs inside the page
  // The colours of a theme are the same on every device: both are looked at on a phone.
  for (const colorScheme of size.width < 600 ? ["light", "dark"] : ["light"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
    const said = found.violations.map((violation) => `${colorScheme}: ${violation.id}: ${violation.nodes[0].html}`);
    expect(said).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
