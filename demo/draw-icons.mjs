// Draws the icons of the installed shop and the picture that chats show of a link, with the
// system's Chromium: public/icons/*.png and public/icons/og.jpg. Run it when the logo changes.
//
//   node demo/draw-icons.mjs
import { chromium } from "@playwright/test";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PUBLIC = join(dirname(fileURLToPath(import.meta.url)), "..", "public");
const svg = (path) => `data:image/svg+xml;base64,${readFileSync(join(PUBLIC, path)).toString("base64")}`;
const logo = svg("logo.svg");

/** The logo on flour. `safe` is the part of the side that it takes. */
const icon = (safe, radius = 0) => `
  <body style="margin:0;background:transparent">
    <div style="width:100vw;height:100vh;display:grid;place-items:center;background:#fbf6ee;border-radius:${radius}%">
      <img src="${logo}" style="width:${safe}vw;height:${safe}vw">
    </div>`;

const link = `
  <body style="margin:0;width:1200px;height:630px;background:#fbf6ee url('${svg("pictures/hero.svg")}') center/cover">
    <div style="position:absolute;inset:0;background:linear-gradient(90deg,#fbf6ee 0 34%,#fbf6eecc 52%,#fbf6ee00 78%)"></div>
    <div style="position:absolute;left:80px;top:0;height:630px;width:560px;display:flex;flex-direction:column;justify-content:center;
                font-family:'Palatino Linotype',Palatino,Georgia,'DejaVu Serif',serif;color:#2b211b">
      <img src="${logo}" width="132" height="132" style="margin-left:-14px">
      <div style="font-size:112px;font-weight:600;line-height:1.1">Vatra</div>
      <div style="font-size:38px;line-height:1.3;color:#6a5546;margin-top:14px">Pâine coaptă pe vatră<br>și bunătăți din gospodărie</div>
    </div>`;

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});

async function draw(html, width, height, path, kind) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(html);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await page.screenshot({ path: join(PUBLIC, path), omitBackground: true, ...kind });
  await page.close();
}

const png = { type: "png" };
await draw(icon(76, 22), 192, 192, "icons/icon-192.png", png);
await draw(icon(76, 22), 512, 512, "icons/icon-512.png", png);
// What lies outside of the inner 80 % may be cut off.
await draw(icon(56), 512, 512, "icons/maskable-512.png", png);
await draw(icon(70), 180, 180, "icons/apple-touch-icon.png", png);
await draw(link, 1200, 630, "icons/og.jpg", { type: "jpeg", quality: 82, omitBackground: false });
await browser.close();
