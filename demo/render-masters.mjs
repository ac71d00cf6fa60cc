// Renders the drawings under public/pictures as PNG, from which the pictures of the demonstration
// are made: `demo/make-pictures` calls this.
//
//   node demo/render-masters.mjs FOLDER
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const DRAWINGS = join(dirname(fileURLToPath(import.meta.url)), '..', 'public', 'pictures');
// Shown as drawings: small, and sharp at any size.
const DRAWN = new Set(['placeholder.svg']);
const WIDTH = 960;
const HERO_WIDTH = 1600;

const folder = process.argv[2];
if (!folder) throw new Error('Which folder?');
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
for (const file of readdirSync(DRAWINGS).filter(file => file.endsWith('.svg') && !DRAWN.has(file))) {
  const name = file.slice(0, -'.svg'.length);
  const svg = readFileSync(join(DRAWINGS, file), 'utf8');
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg);
  const wide = name === 'hero' ? HERO_WIDTH : WIDTH;
  const high = Math.round(wide * height / width);
  const page = await browser.newPage({ viewport: { width: wide, height: high } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${wide}px;height:${high}px}</style>${svg}`);
  writeFileSync(join(folder, `${name}.png`), await page.screenshot());
  await page.close();
}
await browser.close();
