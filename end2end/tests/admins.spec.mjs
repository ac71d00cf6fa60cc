// Who works in the dashboard. The account `admin` is every test's, so its password and its rights
// stay as they are: these tests make accounts of their own by inviting them.
import { expectForEveryone } from "./everyone.mjs";
import { codeAt, step } from "./totp.mjs";
import { expect, test } from "./watch.mjs";

const PASSWORD = "cozonac cu nuca si mac";
let made = 0;

function newName(project) {
  made += 1;
  return `om-${project.name}-${Date.now()}-${made}`.toLowerCase().replace(/[^a-z0-9-]/g, "-");
}

async function typePassword(page, username, password) {
  await page.getByLabel("Utilizator").fill(username);
  await page.getByLabel("Parolă", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Intră", exact: true }).click();
}

async function logInAsOwner(page, address) {
  await page.goto(address);
  await typePassword(page, "admin", process.env.VATRA_TEST_PASSWORD);
}

/** Invites somebody; returns the path of the link, which is shown once. */
async function invite(page, username, rights) {
  await logInAsOwner(page, "/ro/admin/settings/admins");
  const form = page.getByTestId("invite");
  await form.getByLabel("Utilizator").fill(username);
  await form.locator(`input[name="rights"][value="${rights}"]`).check();
  await form.getByRole("button", { name: "Invită pe cineva" }).click();
  const link = await page.getByTestId("invite-link").textContent();
  await page.goto("/ro/admin/settings/admins");
  await expect(page.getByTestId("invite-link")).toHaveCount(0);
  return new URL(link.trim(), "http://shop.example").pathname;
}

/** Takes an invitation in a browser of its own, and logs in there. */
async function join(browser, path, username, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(path);
  await page.getByLabel("Parola nouă").fill(PASSWORD);
  await page.getByLabel("Încă o dată").fill(PASSWORD);
  await page.getByRole("button", { name: "Creează contul" }).click();
  await expect(page.getByText("Contul e gata")).toBeVisible();
  await typePassword(page, username, PASSWORD);
  await expect(page.locator(".desk-user")).toContainText(username);
  return page;
}

test("somebody is invited, works as staff, and is removed", async ({ page, browser, hasJavaScript }, { project }) => {
  const username = newName(project);
  const path = await invite(page, username, "staff");
  await expect(page.getByTestId("invited-row").filter({ hasText: username })).toBeVisible();
  await expectForEveryone(page, hasJavaScript);

  const context = await browser.newContext({ javaScriptEnabled: hasJavaScript });
  const guest = await context.newPage();
  await guest.goto(path);
  await expectForEveryone(guest, hasJavaScript);
  await guest.getByLabel("Parola nouă").fill("scurtă");
  await guest.getByLabel("Încă o dată").fill("scurtă");
  await guest.getByRole("button", { name: "Creează contul" }).click();
  await expect(guest.getByText("Cel puțin 10 caractere.", { exact: true })).toBeVisible();
  await context.close();

  const staff = await join(browser, path, username, { javaScriptEnabled: hasJavaScript });
  expect((await page.goto(path)).status()).toBe(404);

  // Staff see their work and nothing else.
  await staff.goto("/ro/admin/orders");
  const links = staff.locator(".desk-parts");
  await expect(links.getByRole("link", { name: "Produse" })).toBeVisible();
  for (const hidden of ["Setări", "Cifre", "Clienți"]) {
    // Nor in the closed part of the menu, which has no roles.
    await expect(links.locator("a", { hasText: hidden })).toHaveCount(0);
  }
  for (const closed of ["/ro/admin/settings/admins", "/ro/admin/settings/log", "/ro/admin/settings/errors"]) {
    expect((await staff.goto(closed)).status()).toBe(403);
    await expect(staff.getByText("Nu ai dreptul")).toBeVisible();
  }

  // Other rights count at once.
  await page.goto("/ro/admin/settings/admins");
  const row = page.getByTestId("admin-row").filter({ hasText: username });
  await row.locator("summary").click();
  await row.getByRole("button", { name: /^Fă-l proprietar/ }).click();
  expect((await staff.goto("/ro/admin/settings/log")).status()).toBe(200);

  await row.locator("summary").click();
  await row.getByRole("button", { name: /^Scoate din panou/ }).click();
  await expect(row).toHaveCount(0);
  expect((await staff.goto("/ro/admin/orders")).status()).toBe(401);
  await staff.context().close();
});

test("a second factor is switched on, asked for, and replaced by a recovery code", async ({ page, browser, hasJavaScript }, { project }) => {
  const username = newName(project);
  const own = await join(browser, await invite(page, username, "staff"), username, { javaScriptEnabled: hasJavaScript });
  await own.goto("/ro/admin/account");
  await expectForEveryone(own, hasJavaScript);
  await own.getByTestId("factor-begin").getByLabel("Parola de acum").fill(PASSWORD);
  await own.getByRole("button", { name: "Pornește", exact: true }).click();
  const secret = await own.getByTestId("secret").textContent();
  await expect(own.getByTestId("recovery").locator("li")).toHaveCount(10);
  const recovery = await own.getByTestId("recovery").locator("li").first().textContent();
  await expectForEveryone(own, hasJavaScript);
  const used = step();
  await own.getByTestId("factor-confirm").getByLabel("Cod", { exact: true }).fill(codeAt(secret, used));
  await own.getByRole("button", { name: "Gata, pornește" }).click();
  await expect(own.getByText("De acum, după parolă se cere codul")).toBeVisible();
  await expect(own.getByTestId("secret")).toHaveCount(0);

  // The next step of the clock, which the server takes up to half a minute early.
  await own.getByRole("button", { name: "Ieși" }).click();
  await own.goto("/ro/admin/products");
  await typePassword(own, username, PASSWORD);
  await expect(own.getByRole("heading", { level: 1, name: "Codul din aplicație" })).toBeVisible();
  await expectForEveryone(own, hasJavaScript);
  const enter = async (code) => {
    await own.getByLabel("Cod", { exact: true }).fill(code);
    await own.getByRole("button", { name: "Intră", exact: true }).click();
  };
  await enter(codeAt(secret, used));
  await expect(own.getByText("deja folosit")).toBeVisible();
  await enter(codeAt(secret, Math.max(step(), used + 1)));
  await expect(own).toHaveURL(/\/ro\/admin\/products$/);

  await own.getByRole("button", { name: "Ieși" }).click();
  await own.goto("/ro/admin/login");
  await typePassword(own, username, PASSWORD);
  await enter(recovery);
  await own.goto("/ro/admin/account");
  await expect(own.getByText("Coduri de rezervă rămase: 9")).toBeVisible();

  // The phone is lost: an owner helps.
  await page.goto("/ro/admin/settings/admins");
  const row = page.getByTestId("admin-row").filter({ hasText: username });
  await row.locator("summary").click();
  await row.getByRole("button", { name: /^Scoate codul/ }).click();
  expect((await own.goto("/ro/admin/account")).status()).toBe(401);
  await typePassword(own, username, PASSWORD);
  await expect(own.getByTestId("factor-begin")).toBeVisible();
  await own.context().close();
});

test("a new password ends the other logins and keeps this one", async ({ page, browser, hasJavaScript }, { project }) => {
  const username = newName(project);
  const path = await invite(page, username, "staff");
  const own = await join(browser, path, username, { javaScriptEnabled: hasJavaScript });
  const otherContext = await browser.newContext();
  const other = await otherContext.newPage();
  await other.goto("/ro/admin/account");
  await typePassword(other, username, PASSWORD);
  await expect(other.getByTestId("password-form")).toBeVisible();

  await own.goto("/ro/admin/account");
  const change = async (old, next) => {
    const form = own.getByTestId("password-form");
    await form.getByLabel("Parola de acum").fill(old);
    await form.getByLabel("Parola nouă").fill(next);
    await form.getByLabel("Încă o dată").fill(next);
    await form.getByRole("button", { name: "Schimbă parola" }).click();
  };
  await change("nu e parola mea", `${PASSWORD} 2`);
  await expect(own.getByText("Nu e parola acestui cont.")).toBeVisible();
  await change(PASSWORD, `${PASSWORD} 2`);
  await expect(own.getByText("Parola s-a schimbat")).toBeVisible();
  expect((await own.goto("/ro/admin/orders")).status()).toBe(200);
  expect((await other.goto("/ro/admin/orders")).status()).toBe(401);
  await otherContext.close();
  await own.context().close();
});

test("the log tells what was done, by whom, and can be filtered", async ({ page, hasJavaScript }, { project }) => {
  const username = newName(project);
  await invite(page, username, "staff");
  await page.goto("/ro/admin/settings/log");
  await expectForEveryone(page, hasJavaScript);
  const entry = page.getByTestId("log-entry").filter({ hasText: username });
  await expect(entry.first()).toContainText("admin a invitat pe cineva");
  await page.getByLabel("Ce", { exact: true }).selectOption("login");
  await page.getByRole("button", { name: "Arată", exact: true }).click();
  await expect(page).toHaveURL(/action=login/);
  await expect(page.getByTestId("log-entry").first()).toContainText("a intrat");
  await expect(page.locator('[data-action="admins.invite"]')).toHaveCount(0);
  await page.goto("/en/admin/settings/log?day=2020-01-01");
  await expect(page.getByText("Nothing in the log")).toBeVisible();
});
