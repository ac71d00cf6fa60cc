// An order without a pointer: every step is reached with the keyboard, in the order in which it is
// read, and one sees where one is. The name of the class says nothing: the outline is measured.
import { codeFor, newPhone, putIn } from "../customer.mjs";
import { expect, test } from "../watch.mjs";

/** Tab until something is reached; everything on the way shows that it has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const { there, seen, covered, what } = await page.evaluate((selector) => {
      const focused = document.activeElement;
      // The focus of a hidden radio is shown by its label.
      const shown = [focused, focused.parentElement].some((part) => {
        const style = getComputedStyle(part);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
      });
      const { left, top, width, height } = focused.getBoundingClientRect();
      const over = document.elementFromPoint(left + width / 2, top + height / 2);
      return {
        there: focused.matches(selector),
        seen: focused === document.body || shown,
        covered: focused !== document.body && over && !focused.contains(over) && !over.contains(focused),
        what: focused.outerHTML.slice(0, 120),
      };
    }, selector);
    expect(seen, `one sees the focus on ${what}`).toBe(true);
    expect(covered, `nothing lies over ${what} (2.4.11)`).toBeFalsy();
    if (there) return;
  }
  throw new Error(`${selector} was not reached by 80 presses of Tab`);
}

test("an order by keyboard alone", async ({ page }) => {
  await page.goto("/ro/produse");
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveAttribute("href", "#main");
  await page.keyboard.press("Enter");
  await tabTo(page, "[data-testid=product-card] form.add button");
  await putIn(page, true, () => page.keyboard.press("Enter"));
  await expect(page.getByTestId("cart-count")).toHaveText("1");
  await page.goto("/ro/checkout");
  await page.waitForLoadState("networkidle");
  const phone = newPhone();
  await tabTo(page, "#name");
  await page.keyboard.type("Ana Pop");
  await tabTo(page, "#phone");
  await page.keyboard.type(phone);
  await tabTo(page, "[name=delivery_type]");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("input[value=delivery]")).toBeChecked();
  await tabTo(page, "#delivery_area");
  await page.keyboard.type("Valea");
  await expect(page.locator("#delivery_area")).toHaveValue("valea-painii");
  await tabTo(page, "[name=street]");
  await page.keyboard.type("Str. Morii 4");
  await tabTo(page, "[name=city]");
  await page.keyboard.type("Turda");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/verify$/);
  await page.waitForLoadState("networkidle");
  await expect(page.locator("#code")).toBeFocused();
  await page.keyboard.type(await codeFor(phone));
  await page.keyboard.press("Enter");
  await page.waitForURL(/new=1$/);
});

test("errors take the focus to the first field that is wrong", async ({ page }) => {
  await page.goto("/ro/produse");
  await page.waitForLoadState("networkidle");
  await putIn(page, true, () => page.getByTestId("product-card").first().getByRole("button").click());
  await expect(page.getByTestId("cart-count")).toHaveText("1");
  await page.goto("/ro/checkout");
  await page.waitForLoadState("networkidle");
  await page.getByTestId("place-order").press("Enter");
  await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
  const focused = page.locator(":focus");
  await expect(focused).toHaveAttribute("id", /^(name|form-message)$/);
});

test("who asked for less motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/ro/produse");
  await page.waitForLoadState("networkidle");
  const moving = await page.evaluate(() => {
    const moves = (part) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(part);
      const longest = Math.max(...transitionDuration.split(",").map(parseFloat));
      return (animationName !== "none" && parseFloat(animationDuration) > 0.01) || longest > 0.01;
    };
    return [...document.querySelectorAll("body, body *")].filter(moves).map((part) => part.outerHTML.slice(0, 80));
  });
  expect(moving).toEqual([]);
});
