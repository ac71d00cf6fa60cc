// Pictures of every page of the shop, for people who look at its design. Started by
// scripts/screenshots, which gives it a server of its own. All looks go through the same steps side by
// side, as customers of their own; each look keeps the pictures that it lists.
import { chromium } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const { SHOP, OUTBOX, PASSWORD, FOLDER, ONLY, SERVER_PID, CHROME_PATH } = process.env;

const MAIN = [
  "home", "products", "product", "product-long", "cart", "drawer", "cart-notices", "checkout-errors",
  "code", "order-confirmed", "orders", "not-found",
];
// Everything on a phone, in Romanian, in the light; the others show what may differ.
const LOOKS = [
  { device: "phone", language: "ro", theme: "light", keeps: null },
  { device: "phone", language: "ro", theme: "dark", keeps: [...MAIN, "product-sold-out", "checkout", "failure"] },
  { device: "phone", language: "en", theme: "light", keeps: [...MAIN, "delivery"] },
  { device: "tablet", language: "ro", theme: "light", keeps: ["home", "products", "product", "cart", "checkout-errors", "order-confirmed"] },
  { device: "desktop", language: "ro", theme: "light", keeps: [...MAIN, "contact"] },
  { device: "desktop", language: "en", theme: "dark", keeps: ["home", "products", "product", "drawer", "checkout-errors"] },
];
const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.2, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
};

const found = await (await fetch(`${SHOP}/api/products?per_page=100`)).json();
const products = found.data.items;
const named = (part) => products.find((product) => product.slug.includes(part)) ?? products[0];
const [loaf, honey, cheese] = [named("maia"), named("miere"), named("telemea")];

const producer = await (async () => {
  const answer = await fetch(`${SHOP}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "admin", password: PASSWORD }),
  });
  const cookie = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
  const { data } = await answer.json();
  return async (method, path, body) => {
    const answer = await fetch(`${SHOP}/api/admin${path}`, {
      method,
      headers: { "content-type": "application/json", cookie, "x-csrf-token": data.csrf_token },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text).data;
  };
})();

/** Changes some fields of a product and leaves the others as they are. */
async function change(slug, changes) {
  const all = await producer("GET", "/products?per_page=100");
  const now = all.items.find((item) => item.slug === slug);
  const asked = ["name", "name_en", "description", "description_en", "price", "category_id", "stock_quantity"];
  const kept = Object.fromEntries(asked.map((field) => [field, now[field]]));
  await producer("PUT", `/products/${now.id}`, { ...kept, ...changes });
}

const long = await producer("POST", "/products", {
  name: "Pâine împletită pentru masa de sărbătoare, cu maia de secară, semințe de floarea-soarelui și miere de salcâm, aproximativ 2,5 kg",
  name_en: "Braided loaf for the holiday table, with rye sourdough, sunflower seeds and acacia honey, about 2.5 kg",
  description: "O facem doar la comandă, cu două zile înainte.\nNerăsfoitulnesfârșitulcuvântfărănicioliniuțăîncapeșielaici.",
  description_en: "Made to order only, two days ahead.",
  category_id: loaf.category_id,
  price: "12345.50",
  stock_quantity: 1,
});
await change(cheese.slug, { stock_quantity: 0 });

const browser = await chromium.launch({
  executablePath: CHROME_PATH,
  args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
});
const looks = await Promise.all(
  LOOKS.map(async (look, place) => {
    const context = await browser.newContext({
      ...DEVICES[look.device],
      baseURL: `${SHOP}/`,
      locale: look.language === "ro" ? "ro-RO" : "en-GB",
      colorScheme: look.theme,
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(8_000);
    return { ...look, page: await context.newPage(), phone: `072200000${place}` };
  }),
);

const name = (look, state) => `${look.device}-${look.language}-${look.theme}-${state}.jpg`;
const wanted = (look, state) =>
  (look.keeps === null || look.keeps.includes(state)) && (!ONLY || name(look, state).includes(ONLY));

async function quiet(page) {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => Promise.all([...document.images].filter((i) => !i.complete && i.loading !== "lazy").map((i) => i.decode().catch(() => {}))));
}

/** A whole page is shown by a window as tall as it, so that the bars stand where they belong. */
async function shoot(look, state, whole) {
  if (!wanted(look, state)) return;
  const { page } = look;
  const size = DEVICES[look.device].viewport;
  await quiet(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sideways > 0) console.error(`${name(look, state)}: ${sideways} px too wide`);
  if (whole) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...size, height: Math.min(Math.max(height, size.height), 4000) });
    await quiet(page);
  }
  await page.screenshot({ path: join(FOLDER, name(look, state)), type: "jpeg", quality: 55 });
  if (whole) await page.setViewportSize(size);
}

/** One step of all looks; a step that fails is told and leaves the others alone. */
let failures = 0;
async function step(state, walk, whole = false) {
  await Promise.all(
    looks.map(async (look) => {
      try {
        await walk(look.page, look);
        await shoot(look, state, whole);
      } catch (error) {
        failures += 1;
        console.error(`${name(look, state)}: ${String(error).split("\n")[0]}`);
      }
    }),
  );
}
const go = (path) => (page, look) => page.goto(`${look.language}${path}`);
const add = (page, look, product, quantity) =>
  page.request.post(`fn/cart/add?page=/${look.language}/cart`, {
    form: { product_id: product.id, quantity: String(quantity) },
    headers: { origin: SHOP, accept: "text/html" },
  });

await step("home", go("/"), true);
await step("products", go("/products"), true);
await step("products-filtered", go(`/products?q=paine&sort=price_asc`));
await step("products-none", go("/products?q=ananas"));
await step("product", go(`/products/${loaf.slug}`));
await step("product-long", go(`/products/${long.slug}`), true);
await step("product-sold-out", go(`/products/${cheese.slug}`));
await step("cart-empty", go("/cart"));
await step("orders-none", go("/orders"));
await step("not-found", go("/nimic-aici"));
for (const path of ["contact", "delivery", "terms", "privacy", "cookies"]) await step(path, go(`/${path}`), true);

await step("cart", async (page, look) => {
  await add(page, look, loaf, 2);
  await add(page, look, long, 1);
  await add(page, look, honey, 3);
  await page.goto(`${look.language}/cart`);
});
await step("drawer", async (page, look) => {
  await page.goto(`${look.language}/products`);
  await quiet(page);
  await page.getByTestId("cart-button").click();
  await page.getByTestId("cart-drawer").getByTestId("cart-line").first().waitFor();
});
await change(loaf.slug, { price: "21.00" });
await change(honey.slug, { stock_quantity: 2 });
await change(long.slug, { stock_quantity: 0 });
await step("cart-notices", go("/cart"), true);
await change(honey.slug, { stock_quantity: 50 });
await change(long.slug, { stock_quantity: 9 });

await step("checkout", go("/checkout"), true);
await step(
  "checkout-errors",
  async (page) => {
    await quiet(page);
    await page.locator("input[value=delivery]").check();
    await page.locator("#phone").fill("0722 12");
    await page.getByTestId("place-order").click();
    await page.locator("[aria-invalid=true]").first().waitFor();
  },
  true,
);
await step("code", async (page, look) => {
  await page.locator("#name").fill("Ana Pop");
  await page.locator("#phone").fill(look.phone);
  await page.locator("#delivery_area").selectOption("valea-painii");
  await page.locator("#street").fill("Strada Morii 12, bl. C3, ap. 7");
  await page.locator("#city").fill("Sibiu");
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify/);
});
await step("code-wrong", async (page) => {
  await quiet(page);
  await page.locator("#code").fill("0000");
  await page.getByTestId("confirm-code").click();
  await page.locator("#code-error:not(:empty)").waitFor();
});
await step(
  "order-confirmed",
  async (page, look) => {
    await page.locator("#code").fill(codeFor(look.phone));
    await page.getByTestId("confirm-code").click();
    await page.waitForURL(/new=1/);
  },
  true,
);
await step("orders", go("/orders"));
await step("my-data", go("/my-data"));
await step("my-data-erase", go("/my-data/erase"));

// Without a network: what the service worker shows, and the order that waits.
const offline = (yes) => Promise.all(looks.map(({ page }) => page.context().setOffline(yes)));
await step("waiting", async (page, look) => {
  if (!wanted(look, "waiting")) return;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await add(page, look, honey, 1);
  await page.goto(`${look.language}/checkout`);
  await quiet(page);
  await page.context().setOffline(true);
  await page.getByTestId("place-order").click();
  await page.getByTestId("waiting").waitFor();
});
await offline(true);
await step("offline", async (page, look) => {
  if (wanted(look, "offline")) await page.goto(`${look.language}/products/${named("unt").slug}`);
});
await offline(false);

// The database stops answering: what a page says then.
const database = execFileSync("ps", ["-o", "pid=", "--ppid", SERVER_PID]).toString().trim().split(/\s+/).filter(Boolean);
for (const pid of database) process.kill(Number(pid), "SIGSTOP");
await step("failure", async (page, look) => {
  if (wanted(look, "failure")) await page.goto(`${look.language}/cart`, { timeout: 40_000 });
});
for (const pid of database) process.kill(Number(pid), "SIGCONT");
await browser.close();
process.exitCode = failures ? 1 : 0;

/** The code of the newest SMS to a number. */
function codeFor(phone) {
  const messages = existsSync(OUTBOX) ? readFileSync(OUTBOX, "utf8").trim().split("\n").map((line) => JSON.parse(line)) : [];
  return messages.filter((message) => message.to === `+4${phone}`).at(-1).body.match(/\b(\d{4,8})\b/)[1];
}
