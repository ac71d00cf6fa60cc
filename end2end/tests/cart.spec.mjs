import { addToCart, awake } from "./customer.mjs";
import { expect, test } from "./watch.mjs";

const EGGS = "oua-de-la-gaini-crescute-liber-10-bucati";

test("change, remove, reload: the server keeps the cart", async ({ page, hasJavaScript }) => {
  await addToCart(page, EGGS, hasJavaScript);
  await addToCart(page, "miere-de-salcam-400-g", hasJavaScript);
  await page.goto("/ro/cart");
  await awake(page, hasJavaScript);
  const eggs = page.getByTestId("cart-line").filter({ hasText: "Ouă" });
  await eggs.getByRole("button", { name: /^Mai mult/ }).click();
  await expect(eggs.locator("output")).toHaveText("2");
  await expect(page.getByTestId("cart-count")).toHaveText("3");
  await page.reload();
  await awake(page, hasJavaScript);
  await expect(eggs.locator("output")).toHaveText("2");
  await eggs.getByRole("button", { name: /^Scoate din coș/ }).click();
  await expect(page.getByTestId("cart-line")).toHaveCount(1);
  await page.getByTestId("cart-line").getByRole("button", { name: /^Scoate din coș/ }).click();
  await expect(page.getByText("Coșul e gol")).toBeVisible();
});

test("more than there is: the number that is left, and the cart stays", async ({ page, hasJavaScript }) => {
  await page.goto("/ro/produse/cozonac-cu-nuca-si-cacao-900-g");
  await awake(page, hasJavaScript);
  await page.locator("article form.add button[data-added]").click();
  await expect(page.getByTestId("cart-count")).toHaveText("1");
  const most = await page.locator("input.pieces").getAttribute("max");
  await page.locator("input.pieces").fill(most);
  await page.locator("article form.add button[data-added]").click();
  await expect(page.getByText(`au mai rămas doar ${most}`)).toBeVisible();
  await expect(page.getByTestId("cart-count")).toHaveText("1");
});

test("the number of pieces is stepped before it is put in", async ({ page }) => {
  await page.goto(`/ro/products/${EGGS}`);
  const step = (name) => page.locator("article").getByRole("button", { name });
  const pieces = page.locator("input.pieces");
  await step(/^Mai puțin/).click();
  await expect(pieces).toHaveValue("1");
  await step(/^Mai mult/).click();
  await expect(pieces).toHaveValue("2");
  await step(/^Mai mult/).click();
  await expect(pieces).toHaveValue("3");
  // Enter puts them in; it steps nothing.
  await pieces.press("Enter");
  await expect(page.getByTestId("cart-count")).toHaveText("3");
});

test("the drawer opens over the page and works by keyboard", async ({ page, hasJavaScript }) => {
  await addToCart(page, EGGS, hasJavaScript);
  if (!hasJavaScript) {
    // Then the button is what it always was: a link to the page of the cart.
    await page.getByTestId("cart-button").click();
    await expect(page).toHaveURL(/\/ro\/cart$/);
    return;
  }
  await page.getByTestId("cart-button").focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByTestId("cart-drawer");
  await expect(drawer).toBeVisible();
  await drawer.getByRole("button", { name: /^Mai mult/ }).click();
  await expect(page.getByTestId("cart-count")).toHaveText("2");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page.getByTestId("cart-button")).toBeFocused();
});
