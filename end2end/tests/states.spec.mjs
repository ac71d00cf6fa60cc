// The states that a page has beside its first: each is for everybody, in both languages and themes.
import { awake, codeFor, newPhone, putIn } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

const BREAD = "paine-de-casa-cu-maia-1-kg";
const FEW = "placinta-rasucita-cu-branza-si-marar-800-g";

async function put(page, language, slug, pieces, hasJavaScript) {
  await page.goto(`/${language}/products/${slug}`);
  await awake(page, hasJavaScript);
  await page.locator("input.pieces").fill(String(pieces));
  await putIn(page, hasJavaScript, () => page.locator("article form.add button[data-added]").click());
}

for (const language of ["ro", "en"]) {
  test(`${language}: the cart, its drawer, and what is refused`, async ({ page, hasJavaScript }) => {
    await put(page, language, BREAD, 2, hasJavaScript);
    await expect(page.getByTestId("cart-count")).toHaveText("2");
    const most = Number(await page.goto(`/${language}/products/${FEW}`).then(() => page.locator("input.pieces").getAttribute("max")));
    await put(page, language, FEW, most, hasJavaScript);
    await expect(page.getByTestId("cart-count")).toHaveText(String(most + 2));
    await put(page, language, FEW, most, hasJavaScript);
    await expect(page.locator("article form.add .error:not(:empty)").first()).toBeVisible();
    await expectForEveryone(page, hasJavaScript);
    if (hasJavaScript) {
      await page.getByTestId("cart-button").click();
      await expect(page.getByTestId("cart-drawer").getByTestId("cart-line")).toHaveCount(2);
      await expectForEveryone(page, hasJavaScript);
      await page.keyboard.press("Escape");
    }
    await page.goto(`/${language}/cart`);
    await awake(page, hasJavaScript);
    await expectForEveryone(page, hasJavaScript);
    await page.getByTestId("cart-line").locator("form[data-change=remove] button").first().click();
    await expect(page.getByTestId("undo")).toBeVisible();
    await expectForEveryone(page, hasJavaScript);
  });

  test(`${language}: the checkout with errors, the code, the order`, async ({ page, hasJavaScript }) => {
    await put(page, language, BREAD, 1, hasJavaScript);
    await expect(page.getByTestId("cart-count")).toHaveText("1");
    await page.goto(`/${language}/checkout`);
    await awake(page, hasJavaScript);
    await page.locator("input[value=delivery]").check();
    await expectForEveryone(page, hasJavaScript);
    await page.locator("#phone").fill("0722 12");
    await page.getByTestId("place-order").click();
    await expect(page.locator("#phone")).toHaveAttribute("aria-invalid", "true");
    await expectForEveryone(page, hasJavaScript);
    const phone = newPhone();
    await page.locator("#name").fill("Ana Pop");
    await page.locator("#phone").fill(phone);
    await page.locator("input[value=pickup]").check();
    await page.getByTestId("place-order").click();
    await page.waitForURL(/\/verify$/);
    await awake(page, hasJavaScript);
    await expectForEveryone(page, hasJavaScript);
    const code = await codeFor(phone);
    await page.locator("#code").fill(code === "1234" ? "4321" : "1234");
    await page.getByTestId("confirm-code").click();
    await expect(page.getByTestId("code-error")).not.toBeEmpty();
    await expectForEveryone(page, hasJavaScript);
    await page.locator("#code").fill(code);
    await page.getByTestId("confirm-code").click();
    await page.waitForURL(/new=1$/);
    await expectForEveryone(page, hasJavaScript);
    for (const path of ["orders", "my-data", "my-data/erase"]) {
      await page.goto(`/${language}/${path}`);
      await expectForEveryone(page, hasJavaScript);
    }
  });
}
