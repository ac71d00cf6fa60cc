// The producer's customers: found, noted, blocked and let in again, handed their data, forgotten.
import { readFileSync } from "node:fs";
import { addToCart, awake, fillCheckout, newPhone, order } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

const BREAD = "zacusca-de-vinete-si-ardei-300-g";

async function logIn(page) {
  await page.goto("/ro/admin/customers");
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Clienți" })).toBeVisible();
}

/** An order of somebody's, in a browser of their own, which has JavaScript. */
async function ordered(browser, name, phone) {
  const context = await browser.newContext();
  const shop = await context.newPage();
  await addToCart(shop, BREAD, true);
  const number = await order(shop, { name, phone, hasJavaScript: true });
  await context.close();
  return number;
}

/** A name that no other test has; words are found by their beginnings. */
function newName(project) {
  const letters = (number) => [...String(number)].map((digit) => "abcdefghij"[digit]).join("");
  return `Ștefănel ${project.name.replace(/[^a-z]/gi, "")}${letters(Date.now())}${letters(Math.floor(Math.random() * 1e6))}`;
}

async function find(page, search) {
  await page.goto("/ro/admin/customers");
  await page.locator("#q").fill(search);
  await page.getByRole("button", { name: "Caută" }).click();
  await expect(page).toHaveURL(/q=/);
}

/** The page of the one customer that is found. */
async function open(page, search, hasJavaScript) {
  await find(page, search);
  await expect(page.getByTestId("customer-row")).toHaveCount(1);
  await page.getByTestId("customer-row").getByRole("link").first().click();
  await page.waitForURL(/\/admin\/customers\/[0-9a-f]{24}$/);
  await awake(page, hasJavaScript);
}

test("a customer is found by name and by number, and the list is for everyone", async ({ page, browser, hasJavaScript }, { project }) => {
  const [name, phone] = [newName(project), newPhone()];
  await ordered(browser, name, phone);
  await logIn(page);
  const word = name.split(" ")[1].toUpperCase();
  for (const search of [name, `stefanel ${word}`, phone, `0${phone.slice(1, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`]) {
    await find(page, search);
    await expect(page.getByTestId("customer-row"), search).toHaveCount(1);
    await expect(page.getByTestId("customer-row")).toContainText(name);
    await expect(page.getByTestId("customer-row")).toContainText("1 comandă");
  }
  await expectForEveryone(page, hasJavaScript);
  for (const sort of ["name", "orders", "spent", "recent"]) {
    await page.goto(`/ro/admin/customers?sort=${sort}`);
    await expect(page.locator("#sort")).toHaveValue(sort);
    await expect(page.getByTestId("customer-row").first()).toBeVisible();
  }
  await expectForEveryone(page, hasJavaScript);
  await page.goto("/en/admin/customers?q=nobodyiscalledso");
  await expect(page.getByText("No customers here")).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
});

test("notes are kept and taken back", async ({ page, browser, hasJavaScript }, { project }) => {
  const [name, phone] = [newName(project), newPhone()];
  const number = await ordered(browser, name, phone);
  await logIn(page);
  await open(page, phone, hasJavaScript);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.locator(`a[href="tel:+4${phone}"]`).first()).toBeVisible();
  await expect(page.locator(".customer-list")).toContainText(number);
  expect(page.url()).not.toContain(phone.slice(1));
  await page.getByTestId("note-add").click();
  await expect(page.locator("#note-error")).toBeVisible();
  await page.getByLabel("Notiță nouă").fill("Vrea pâinea bine coaptă.");
  await page.getByTestId("note-add").click();
  await expect(page.getByTestId("note")).toHaveCount(1);
  await expect(page.getByTestId("note")).toContainText("Vrea pâinea bine coaptă.");
  await expect(page.getByTestId("note")).toContainText("admin");
  await expect(page.getByLabel("Notiță nouă")).toHaveValue("");
  await expectForEveryone(page, hasJavaScript);
  await page.getByTestId("note").getByRole("button", { name: /^Șterge notița/ }).click();
  await expect(page.getByTestId("note")).toHaveCount(0);
});

test("a blocked number is refused politely and let in again", async ({ page, browser, hasJavaScript }, { project }) => {
  const [name, phone] = [newName(project), newPhone()];
  await ordered(browser, name, phone);
  await logIn(page);
  await open(page, phone, hasJavaScript);
  await page.getByTestId("block").click();
  await page.getByTestId("block-sure").click();
  await expect(page.locator("#reason-error")).toBeVisible();
  await page.getByLabel("Motiv").fill("Comenzi în glumă");
  await page.getByTestId("block-sure").click();
  await expect(page.locator(".desk-head .badge")).toHaveText("Blocat");
  await expect(page.locator(".customer-block")).toContainText("Comenzi în glumă");
  await expectForEveryone(page, hasJavaScript);

  const context = await browser.newContext();
  const shop = await context.newPage();
  await addToCart(shop, BREAD, true);
  await shop.goto("/ro/checkout");
  await awake(shop, true);
  await fillCheckout(shop, { name, phone });
  await shop.getByTestId("place-order").click();
  await expect(shop.getByRole("alert")).toContainText("nu putem primi comenzi pe internet");
  await expect(shop.getByRole("alert")).toContainText("+40");
  await expect(shop.getByLabel("Numele tău")).toHaveValue(name);
  await shop.goto("/ro/orders");
  await shop.getByLabel("Telefon", { exact: true }).fill(phone);
  await shop.getByTestId("send-code").click();
  await expect(shop.getByRole("alert")).toContainText("nu putem primi comenzi pe internet");
  await context.close();

  await page.goto("/ro/admin/customers/blocked");
  const row = page.getByTestId("blocked-row").filter({ hasText: name });
  await expect(row).toHaveCount(1);
  await expectForEveryone(page, hasJavaScript);
  await awake(page, hasJavaScript);
  await row.getByTestId("unblock").click();
  await expect(row).toHaveCount(0);
  await open(page, phone, hasJavaScript);
  await expect(page.locator(".desk-head .badge")).toHaveCount(0);
});

test("a number that never became a customer is blocked by hand", async ({ page, hasJavaScript }) => {
  const phone = newPhone();
  await logIn(page);
  await page.getByRole("link", { name: "Numere blocate" }).click();
  await page.waitForURL(/\/admin\/customers\/blocked$/);
  await awake(page, hasJavaScript);
  const blocking = page.locator(".customer-block");
  await blocking.getByLabel("Telefon").fill("0722");
  await blocking.getByTestId("block-number").click();
  await expect(page.locator("#phone-error")).toBeVisible();
  await expect(page.locator("#reason-error")).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
  await blocking.getByLabel("Telefon").fill(phone);
  await blocking.getByLabel("Motiv").fill(`Glumă ${phone}`);
  await blocking.getByTestId("block-number").click();
  await expect(page.getByTestId("blocked-row").filter({ hasText: `Glumă ${phone}` })).toHaveCount(1);
  await page.locator(".customer-unblock").getByLabel("Telefon").fill(phone);
  await page.getByTestId("unblock-number").click();
  await expect(page.getByTestId("blocked-row").filter({ hasText: `Glumă ${phone}` })).toHaveCount(0);
});

test("a customer's data are handed over, and then erased", async ({ page, browser, hasJavaScript }, { project }) => {
  const [name, phone] = [newName(project), newPhone()];
  const number = await ordered(browser, name, phone);
  await logIn(page);
  await open(page, phone, hasJavaScript);
  const here = page.url();
  const download = page.waitForEvent("download");
  await page.getByTestId("export").click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("vatra-customer-data.json");
  const data = JSON.parse(readFileSync(await file.path(), "utf8"));
  expect(data.phone_number).toBe(`+4${phone}`);
  expect(data.orders.map((order) => order.order_number)).toEqual([number]);

  await page.getByTestId("erase").click();
  await page.waitForURL(/\/erase$/);
  await expect(page.getByTestId("open-orders")).toContainText(number);
  await expect(page.getByTestId("erase-now")).toHaveCount(0);
  await expectForEveryone(page, hasJavaScript);

  await page.getByTestId("open-orders").getByRole("link", { name: number }).click();
  await page.locator("details.cancel > summary").click();
  await page.getByLabel("Motivul").selectOption({ label: "Nu avem destul" });
  await page.getByRole("button", { name: "Da, anulează" }).click();
  await expect(page.locator(".desk-head .badge")).toHaveText("Anulată");
  await page.goto(`${here}/erase`);
  await awake(page, hasJavaScript);
  await expect(page.getByText("Legea 82/1991")).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
  await page.getByTestId("erase-now").click();
  await page.waitForURL(/\/admin\/customers\?saved=erased$/);
  await expect(page.getByText("Datele clientului au fost șterse.")).toBeVisible();
  const gone = await page.goto(here);
  expect(gone.status()).toBe(404);
  await find(page, phone);
  await expect(page.getByText("Niciun client aici")).toBeVisible();
});
