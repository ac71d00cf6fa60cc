// What phones do for whoever orders: the right keyboard, filling in what is known, and handing over
// the code of an SMS.
import { addToCart, awake, codeFor, fillCheckout, newPhone } from "../customer.mjs";
import { expect, test } from "../watch.mjs";

const HONEY = "miere-de-salcam-400-g";

test("each field says what it is for", async ({ page }) => {
  await addToCart(page, HONEY, true);
  await page.goto("/ro/checkout");
  await page.locator("input[value=delivery]").check();
  const attributes = (id) => page.locator(`#${id}`).evaluate(({ type, inputMode, autocomplete }) => ({ type, inputMode, autocomplete }));
  expect(await attributes("name")).toEqual({ type: "text", inputMode: "", autocomplete: "name" });
  expect(await attributes("phone")).toEqual({ type: "tel", inputMode: "tel", autocomplete: "tel" });
  expect((await attributes("street")).autocomplete).toBe("street-address");
  expect((await attributes("city")).autocomplete).toBe("address-level2");
  expect(await attributes("postal_code")).toMatchObject({ inputMode: "numeric", autocomplete: "postal-code" });
  await page.locator("input[value=pickup]").check();
  await fillCheckout(page, { name: "Ana Pop", phone: newPhone() });
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  expect(await attributes("code")).toMatchObject({ inputMode: "numeric", autocomplete: "one-time-code" });
});

test("a phone that can hand over the code confirms the order by itself", async ({ page }) => {
  // Stands in for the phone (WICG, WebOTP): it gives the code when the test has it.
  await page.addInitScript(() => {
    window.OTPCredential = class {};
    const asked = new Promise((resolve) => (window.smsArrived = (code) => resolve({ code })));
    const real = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => (options?.otp?.transport?.includes("sms") ? asked : real(options));
  });
  const phone = newPhone();
  await addToCart(page, HONEY, true);
  await page.goto("/ro/checkout");
  await fillCheckout(page, { name: "Ana Pop", phone });
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  await awake(page, true);
  const code = await codeFor(phone);
  await page.evaluate((code) => window.smsArrived(code), code);
  await page.waitForURL(/new=1$/);
});

test("the drawer says aloud what changes in it", async ({ page }) => {
  await addToCart(page, HONEY, true);
  await page.getByTestId("cart-button").click();
  const drawer = page.getByTestId("cart-drawer");
  await drawer.getByRole("button", { name: /^Mai mult/ }).click();
  // Two jars of 32 lei.
  await expect(drawer.getByRole("status").filter({ hasText: "64,00" })).toHaveCount(1);
});

test("what is tapped is large enough for a finger", async ({ page, isMobile }) => {
  test.skip(!isMobile, "a mouse is more exact");
  await addToCart(page, HONEY, true);
  for (const path of ["", "/produse", `/produse/${HONEY}`, "/cart", "/checkout", "/contact", "/sign-in"]) {
    await page.goto(`/ro${path}`);
    const small = await page.evaluate(() => {
      const tapped = "button, summary, select, nav a, footer a, a.button, a.chip, a.card-link, input:not([type=hidden], [type=radio], [type=checkbox])";
      const visible = [...document.querySelectorAll(tapped)].filter((part) => part.checkVisibility() && !part.closest("dialog:not([open])"));
      // A link in a sentence is as high as its line (WCAG 2.2, 2.5.8), and what is for screen readers has no size.
      const own = visible.filter((part) => !part.closest("p, .quiet, .skip") && getComputedStyle(part).clipPath === "none");
      return own
        .map((part) => ({ part, box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
        .map(({ part, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${part.outerHTML.slice(0, 100)}`);
    });
    expect(small, path).toEqual([]);
  }
});

test("one page flows into the next", async ({ page }) => {
  await page.addInitScript(() =>
    addEventListener("pagereveal", (event) => sessionStorage.setItem("flowed", String(Boolean(event.viewTransition)))),
  );
  await page.goto("/ro/produse");
  await page.getByTestId("product-card").first().getByRole("link").first().click();
  await page.waitForURL(/\/ro\/produse\/./);
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("flowed"))).toBe("true");
});
