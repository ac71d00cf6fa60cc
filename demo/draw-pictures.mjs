// Draws every picture of the demonstration catalogue, the hero picture, the
// placeholder, the favicon and the logo. Plain Node 20, no dependencies,
// deterministic: the same files come out every time.
//
//   node demo/draw-pictures.mjs            writes into ../public
//   node demo/draw-pictures.mjs telemea    only the pictures whose slug has "telemea"
//
// One language for all pictures: a hearth niche in the category's tone behind,
// a table in front, light from the upper left, shadows down and to the right.
// Softness comes from radial gradients; there are no filters.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PUBLIC = join(dirname(fileURLToPath(import.meta.url)), '..', 'public');
const C = {
  cream: '#FBF6EE', wheat: '#E9C98F', crust: '#B4682A', dark: '#6F3D17', ember: '#C2410C',
  coal: '#2B211B', leaf: '#55703F', tomato: '#B93A26', butter: '#F6DE9C', milk: '#FFFDF7',
};

// ---------------------------------------------------------------- primitives
let D; // definitions of the picture being drawn: content -> id
const n = v => { const s = String(Math.round(v * 10) / 10); return s === '-0' ? '0' : s; };
const ni = v => String(Math.round(v) || 0);
function def(make) {
  const key = make('');
  if (!D.has(key)) {
    const i = D.size, id = i < 26 ? String.fromCharCode(97 + i) : 'z' + i;
    D.set(key, { id, text: make(id) });
  }
  return D.get(key).id;
}
const stops = list => list.map(([c, o, a]) =>
  `<stop${o ? ` offset="${o}"` : ''} stop-color="${c}"${a === undefined ? '' : ` stop-opacity="${a}"`}/>`).join('');
/** Linear gradient; direction in the shape's own box, top to bottom if not told. */
const lin = (list, x1 = 0, y1 = 0, x2 = 0, y2 = 1) => `url(#${def(id =>
  `<linearGradient id="${id}"${x1 ? ` x1="${x1}"` : ''}${y1 ? ` y1="${y1}"` : ''}${x2 === 1 ? '' : ` x2="${x2}"`}${y2 ? ` y2="${y2}"` : ''}>${stops(list)}</linearGradient>`)})`;
/** Radial gradient with its light spot at the upper left. */
const rad = (list, cx = .36, cy = .3, r = .75) => `url(#${def(id =>
  `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stops(list)}</radialGradient>`)})`;
const soft = c => rad([[c, 0], [c, .55, .5], [c, 1, 0]], .5, .5, .5);
const E = (cx, cy, rx, ry, fill, x = '') => `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}"${x}/>`;
const P = (d, fill, x = '') => `<path d="${d}" fill="${fill}"${x}/>`;
const S = (d, stroke, w, x = '') => `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${w}"${x}/>`;
const G = (body, x = '') => `<g${x}>${body}</g>`;
const at = (x, y, body, more = '') => G(body, ` transform="translate(${n(x)} ${n(y)})${more ? ' ' + more : ''}"`);
const op = v => ` opacity="${v}"`;
const clip = (d, body) => G(body, ` clip-path="url(#${def(id => `<clipPath id="${id}"><path d="${d}"/></clipPath>`)})"`);
const sym = body => def(id => `<g id="${id}">${body}</g>`);
const use = (id, tf) => `<use href="#${id}" transform="${tf}"/>`;
const glow = (cx, cy, rx, ry, c, a = 1) => E(cx, cy, rx, ry, soft(c), a === 1 ? '' : op(a));
const shadow = (cx, cy, rx, ry, a = .5) => glow(cx + rx * .06, cy, rx, ry, '#3A2616', a);
function rng(seed) { // mulberry32
  return () => { seed = (seed + 0x6D2B79F5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
}
/** Smooth curve through points (Catmull-Rom as Béziers). */
function curve(pts, closed = false) {
  const k = pts.length, g = i => closed ? pts[(i + k) % k] : pts[Math.max(0, Math.min(k - 1, i))];
  let d = `M${ni(pts[0][0])} ${ni(pts[0][1])}C`, first = true;
  for (let i = 0; i < (closed ? k : k - 1); i++) {
    const [a, b, c, e] = [g(i - 1), g(i), g(i + 1), g(i + 2)];
    d += (first ? '' : ' ') + [b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6, c[0], c[1]].map(ni).join(' ');
    first = false;
  }
  return d + (closed ? 'Z' : '');
}
const blob = pts => curve(pts, true);
const poly = pts => 'M' + pts.map(p => p.map(ni).join(' ')).join('L') + 'Z';
/** m random points in an ellipse, kept apart by gap. */
function scatter(seed, m, cx, cy, rx, ry, gap = 0) {
  const r = rng(seed), out = [];
  for (let t = 0; t < m * 12 && out.length < m; t++) {
    const a = r() * 6.283, q = Math.sqrt(r()), p = [cx + Math.cos(a) * q * rx, cy + Math.sin(a) * q * ry];
    if (!gap || out.every(o => Math.hypot(o[0] - p[0], o[1] - p[1]) > gap)) out.push(p);
  }
  return out;
}
/** Round or pill grains as one stroked path. */
function grains(pts, c, w, len = 0, seed = 7, x = '') {
  const r = rng(seed); let px = 0, py = 0, d = '';
  for (const p of pts) {
    const a = Math.round(p[0]), b = Math.round(p[1]), t = r() * 3.14, u = Math.round(Math.cos(t) * len), v = Math.round(Math.sin(t) * len * .7);
    d += `${d ? 'm' : 'M'}${a - px} ${b - py}` + (v ? `l${u} ${v}` : `h${u}`); px = a + u; py = b + v;
  }
  return S(d, c, w, x);
}
/** Pores and crumb: flattened dots in two sizes. */
const holes = (seed, m, cx, cy, rx, ry, c, a = .5, big = 7) => { const p = scatter(seed, m, cx, cy, rx, ry, big * 1.8), k = Math.ceil(p.length * .4);
  return G(grains(p.slice(0, k), c, n(big * 1.1), big * .7, seed) + grains(p.slice(k), c, n(big * .65), big * .3, seed), op(a)); };
/** Many soft spots of one colour. */
const spots = (list, c, a) => G(list.map(([x, y, p, q]) => `<ellipse cx="${ni(x)}" cy="${ni(y)}" rx="${ni(p)}" ry="${ni(q)}"/>`).join(''), ` fill="${soft(c)}"${op(a)}`);

// ---------------------------------------------------------------- the scene
const TONES = { // wall, niche, table
  paine: ['#EED9B4', '#F9EDD5', '#DFC297'],
  placinte: ['#F0CFB8', '#FAE6D7', '#E0B394'],
  lactate: ['#C6D2CD', '#E0E8E3', '#AFBFB9'],
  legume: ['#D3DAB5', '#EAEED6', '#B9C494'],
  camara: ['#DFC8CB', '#F4E7E6', '#C4A3A8'],
};
const scene = (tone, hz = 388) => { const [wall, niche, table] = TONES[tone];
  const sp = hz - 42, c1 = ni(44 + (sp - 44) * .417), arch = `M104 ${hz}V${sp}C104 ${c1} 236 44 400 44S696 ${c1} 696 ${sp}V${hz}`;
  return `<path d="M0 0h800v600H0z" fill="${wall}"/>` + glow(150, 60, 560, 420, '#FFFDF7', .55)
    + P(arch + 'Z', lin([[niche, 0], [niche, .5], [wall, 1]], 0, 0, .5, 1))
    + `<path d="${arch}" fill="none" stroke="#FFFDF7" stroke-width="22" stroke-dasharray="54 6" stroke-linecap="butt" opacity=".38"/>`
    + P(`M0 ${hz}h800V600H0z`, lin([[table, 0], [wall, .4], [table, 1]])) + glow(210, hz + 70, 420, 66, '#FFFDF7', .42); };

// ---------------------------------------------------------------- things
const leaf = (x, y, l, w, ang, c = C.leaf, vein = '#7F9A63') => at(x, y,
  P(`M0 0C${ni(l * .25)} ${ni(-w)} ${ni(l * .7)} ${ni(-w)} ${ni(l)} 0C${ni(l * .7)} ${ni(w)} ${ni(l * .25)} ${ni(w)} 0 0Z`, c) + S(`M4 0H${ni(l * .85)}`, vein, 2), `rotate(${ang})`);
/** Ear of wheat lying at an angle; drawn once, used again. */
function wheat(x, y, ang, k = 1) {
  let b = S('M-150 6Q-60 8 20 0', '#C79A4E', 5), grain = '';
  for (let i = 0; i < 6; i++) { const gx = ni(16 + i * 19); grain += `M${gx} 0q6 -17 30 -15q-4 18 -30 15M${gx} 0q6 17 30 15q-4 -18 -30 -15`; }
  grain += 'M126 0q16 -13 36 0q-20 13 -36 0';
  let awn = ''; for (let i = 0; i < 6; i++) awn += `M${44 + i * 19} ${-14}l38 -14M${44 + i * 19} 14l38 14`;
  b += S(awn, '#D9B56E', 2) + P(grain, lin([['#EBC67C', 0], ['#B9812F', 1]]));
  return use(sym(b), `translate(${n(x)} ${n(y)}) rotate(${ang}) scale(${k})`);
}
const dill = (x, y, ang, k = 1, c = '#5F7F45') => { let d = 'M0 0Q50 -6 120 -4';
  for (let i = 0; i < 7; i++) { const q = 22 + i * 15, l = 40 - i * 4; for (const s of [-1, 1]) d += `M${q} -3l${ni(l * .8)} ${ni(s * l * .75)}M${ni(q + l * .4)} ${ni(-3 + s * l * .38)}l${ni(l * .42)} ${ni(s * l * .08)}m${ni(-l * .42)} ${ni(-s * l * .08)}l${ni(l * .1)} ${ni(s * l * .42)}`; }
  return use(sym(S(d, c, 3)), `translate(${n(x)} ${n(y)}) rotate(${ang}) scale(${k})`); };
/** Wooden board seen from the front and above. */
function board(cx, cy, w, h, seed = 1) {
  const x = cx - w / 2, sl = w * .07, t = 20, r = rng(seed);
  const top = `M${ni(x + sl + 18)} ${ni(cy - h)}H${ni(x + w - sl - 18)}Q${ni(x + w - sl)} ${ni(cy - h)} ${ni(x + w - sl + 5)} ${ni(cy - h + 16)}L${ni(x + w - 3)} ${ni(cy - 18)}Q${ni(x + w)} ${ni(cy)} ${ni(x + w - 18)} ${ni(cy)}H${ni(x + 18)}Q${ni(x)} ${ni(cy)} ${ni(x + 3)} ${ni(cy - 18)}L${ni(x + sl - 5)} ${ni(cy - h + 16)}Q${ni(x + sl)} ${ni(cy - h)} ${ni(x + sl + 18)} ${ni(cy - h)}Z`;
  let g = ''; for (let i = 0; i < 6; i++) { const y = cy - h + (i + .7) * h / 6.4, q = x + 20 + r() * w * .4; g += `M${ni(q)} ${ni(y)}q${ni(w * .12)} ${ni(r() * 8 - 4)} ${ni(w * (.25 + r() * .25))} 0`; }
  return shadow(cx, cy + 8, w * .58, 44, .6)
    + P(`M${ni(x + 2)} ${ni(cy - 16)}H${ni(x + w - 2)}L${ni(x + w)} ${ni(cy + t - 14)}Q${ni(x + w)} ${ni(cy + t)} ${ni(x + w - 18)} ${ni(cy + t)}H${ni(x + 18)}Q${ni(x)} ${ni(cy + t)} ${ni(x)} ${ni(cy + t - 14)}Z`, lin([['#8A5527', 0], ['#9E6732', .5], ['#6F4119', 1]], 0, 0, 1, 0))
    + P(top, lin([['#D9A766', 0], ['#C08A4A', .6], ['#A9733A', 1]], 0, 0, 1, .6)) + S(g, '#9A642D', 2, op(.5));
}
/** Plate or shallow dish. */
const plate = (cx, cy, rx, ry, c1 = '#FFFDF7', c2 = '#D9D2C4', edge = '#B98B5A') => shadow(cx, cy + ry * .35, rx * 1.16, ry * 1.05, .55)
  + E(cx, cy + 10, rx * .97, ry, '#A99F8E') + E(cx, cy, rx, ry, lin([[c1, 0], [c1, .45], [c2, 1]], 0, 0, 1, 1))
  + (edge ? E(cx, cy, rx - 7, ry - 4, 'none', ` stroke="${edge}" stroke-width="3" opacity=".75"`) : '')
  + E(cx, cy + 2, rx * .74, ry * .7, lin([[c2, 0], [c1, .5], [c1, 1]], 0, 0, 1, 1));
/** Linen cloth with a woven red border. */
function cloth(pts, stripes, c1 = '#FFFBF2', c2 = '#E7DAC4') {
  const d = blob(pts);
  return G(P(d, '#5A3A20'), ' opacity=".2" transform="translate(7 11)"') + P(d, lin([[c1, 0], [c2, 1]], 0, 0, 1, 1)) + clip(d, stripes);
}
/** Sphere-like fruit. */
const ball = (cx, cy, rx, ry, hi, mid, lo, x = '') => E(cx, cy, rx, ry, rad([[hi, 0], [mid, .5], [lo, 1]]), x);
/** Glass jar standing on y; look: contents, cap and label. */
function jar(cx, by, w, h, o) {
  const l = cx - w / 2, r = cx + w / 2, ty = by - h, q = w * .08, sh = h * .16, nk = w * .09;
  const body = (i, top) => `M${ni(l + i)} ${ni(ty + sh + top)}${top ? '' : `C${ni(l + i)} ${ni(ty + sh * .45)} ${ni(l + nk + i)} ${ni(ty + sh * .5)} ${ni(l + nk + i)} ${ni(ty)}H${ni(r - nk - i)}C${ni(r - nk - i)} ${ni(ty + sh * .5)} ${ni(r - i)} ${ni(ty + sh * .45)} ${ni(r - i)} ${ni(ty + sh)}`}${top ? `H${ni(r - i)}` : ''}V${ni(by - q - i - 6)}Q${ni(r - i)} ${ni(by - i)} ${ni(r - i - w * .2)} ${ni(by - i + 2)}Q${ni(cx)} ${ni(by + q * .5 - i)} ${ni(l + i + w * .2)} ${ni(by - i + 2)}Q${ni(l + i)} ${ni(by - i)} ${ni(l + i)} ${ni(by - q - i - 6)}Z`;
  const lev = o.level ?? 0, fill = body(9, lev);
  let s = shadow(cx + w * .16, by - 2, w * .78, 34, .75) + P(body(0, 0), lin([['#fff', 0], ['#FFFDF7', .5, .5], ['#fff', 1, .85]], 0, 0, 1, 0), op(.8));
  s += P(fill, lin([[o.c[2], 0], [o.c[1], .2], [o.c[0], .42], [o.c[1], .7], [o.c[2], 1]], 0, 0, 1, .12));
  if (o.bits) s += clip(fill, o.bits);
  if (lev) s += E(cx, ty + sh + lev, w / 2 - 9, w * .055, o.c[0]);
  if (o.label !== false) { const lt = by - h * .56, lb = by - h * .17, lx = l + w * .16, rx = r - w * .16, m = (lt + lb) / 2;
    s += P(`M${ni(lx)} ${ni(lt)}Q${ni(cx)} ${ni(lt + q * .9)} ${ni(rx)} ${ni(lt)}V${ni(lb)}Q${ni(cx)} ${ni(lb + q * .9)} ${ni(lx)} ${ni(lb)}Z`, lin([['#EADCC2', 0], ['#FFF9EC', .35], ['#E3D2B4', 1]], 0, 0, 1, 0))
      + S(`M${ni(lx + 7)} ${ni(lt + 9)}Q${ni(cx)} ${ni(lt + q * .9 + 9)} ${ni(rx - 7)} ${ni(lt + 9)}M${ni(lx + 7)} ${ni(lb - 8)}Q${ni(cx)} ${ni(lb + q * .9 - 8)} ${ni(rx - 7)} ${ni(lb - 8)}`, o.mark || C.ember, 2.5, op(.7))
      + at(cx, m + q * .5, mark(o.mark || C.ember), `scale(${n(w / 240)})`); }
  s += S(`M${ni(l + w * .1)} ${ni(ty + sh + 14)}V${ni(by - h * .16)}`, '#fff', n(w * .05), op(.55)) + S(`M${ni(r - w * .055)} ${ni(ty + sh + 24)}V${ni(by - h * .22)}`, '#fff', 4, op(.35));
  const k = o.cap, kt = ty - w * .1;
  if (k === 'lid') s += P(`M${ni(l + nk - 7)} ${ni(kt)}Q${ni(cx)} ${ni(kt - w * .09)} ${ni(r - nk + 7)} ${ni(kt)}V${ni(ty + 10)}Q${ni(cx)} ${ni(ty + 10 + q * .9)} ${ni(l + nk - 7)} ${ni(ty + 10)}Z`, lin([['#8F6A2C', 0], ['#F3DC9A', .28], ['#C99B48', .6], ['#7C5720', 1]], 0, 0, 1, 0))
    + E(cx, kt, w / 2 - nk + 7, w * .055, lin([['#F7E6B5', 0], ['#C99B48', 1]], 0, 0, 1, 1)) + S(`M${ni(l + nk - 5)} ${ni(ty)}Q${ni(cx)} ${ni(ty + q * .9)} ${ni(r - nk + 5)} ${ni(ty)}`, '#7C5720', 2, op(.6));
  else if (k) { // cloth cap, tied
    const a = l - 4, b = r + 4, yb = ty + w * .15, st = (b - a) / 6; let skirt = `M${ni(l + nk - 2)} ${ni(ty - 2)}C${ni(l)} ${ni(ty + 4)} ${ni(a)} ${ni(yb - 20)} ${ni(a - 4)} ${ni(yb)}`;
    for (let i = 0; i < 6; i++) skirt += `q${ni(st / 2)} ${ni(18 + (i % 2) * 6)} ${ni((b - a + 8) / 6)} ${i < 3 ? 4 : -4}`;
    skirt += `C${ni(b)} ${ni(yb - 20)} ${ni(r)} ${ni(ty + 4)} ${ni(r - nk + 2)} ${ni(ty - 2)}Z`;
    const crown = `M${ni(l + nk - 3)} ${ni(ty + 2)}C${ni(l + nk - 12)} ${ni(kt - w * .1)} ${ni(cx - w * .2)} ${ni(kt - w * .13)} ${ni(cx)} ${ni(kt - w * .13)}S${ni(r - nk + 12)} ${ni(kt - w * .1)} ${ni(r - nk + 3)} ${ni(ty + 2)}Q${ni(cx)} ${ni(ty + q * 1.3)} ${ni(l + nk - 3)} ${ni(ty + 2)}Z`;
    const ging = `url(#${def(id => `<pattern id="${id}" width="22" height="22" patternUnits="userSpaceOnUse" patternTransform="rotate(4)"><path d="M0 0h22v22H0z" fill="#FFF8EA"/><path d="M0 0h11v22H0zM0 0h22v11H0z" fill="${k}" opacity=".72"/></pattern>`)})`;
    const shade = lin([['#2B211B', 0, .1], ['#fff', .3, .22], ['#2B211B', 1, .3]], 0, 0, 1, .2);
    s += P(skirt, ging) + P(skirt, shade) + P(crown, ging) + P(crown, shade)
      + S(`M${ni(l + nk - 4)} ${ni(ty + 1)}Q${ni(cx)} ${ni(ty + q * 1.5)} ${ni(r - nk + 4)} ${ni(ty + 1)}`, '#8A5A2B', 6) + S(`M${ni(cx + 6)} ${ni(ty + q * .7)}q-34 -16 -36 2q6 16 36 -2q34 -18 38 0q-8 16 -38 0l-16 34m16 -34l22 30`, '#A9743A', 4);
  }
  return s;
}
/** The sign of the house: an arch with a flame, about 80 wide, centred. */
const mark = c => S('M-34 30V2A34 34 0 0 1 34 2V30', c, 9) + P('M0 -18C14 0 20 8 16 20C13 30 -13 30 -16 20C-19 10 -8 4 0 -18Z', c);
/** Box seen with one edge towards us: a to the left, b to the right, h high. */
function cuboid(x, y, a, b, h, [top, left, right], rnd = 8, ka = .36, kb = .27) {
  const L = [x - a, y - a * ka], R = [x + b, y - b * kb], B = [x - a + b, y - a * ka - b * kb], up = ([p, q]) => [p, q - h], F = [x, y];
  const st = c => ` stroke="${c}" stroke-width="${rnd}" stroke-linejoin="round"`;
  return { L, R, B, F, up, top: poly([up(F), up(L), up(B), up(R)]), left: poly([F, L, up(L), up(F)]), right: poly([F, R, up(R), up(F)]),
    svg: shadow(x + (b - a) / 2 + h * .16, y - (a * ka + b * kb) * .34, (a + b) * .66, (a * ka + b * kb) * .72 + 8, .6) + P(poly([F, R, up(R), up(F)]), right, st(right)) + P(poly([F, L, up(L), up(F)]), left, st(left)) + P(poly([up(F), up(L), up(B), up(R)]), top, st(top)) };
}
function spiral(cx, cy, r0, r1, turns, ky = 1, dir = 1, start = 0) {
  const m = Math.round(turns * 8), pts = [];
  for (let i = 0; i <= m; i++) { const a = start + dir * i / m * turns * 6.283, q = r0 + (r1 - r0) * i / m; pts.push([cx + Math.cos(a) * q, cy + Math.sin(a) * q * ky]); }
  return curve(pts);
}
const spoon = (x, y, ang, k = 1) => at(x, y, P('M30 -8C120 -10 200 -9 268 -12Q282 0 268 12C200 9 120 10 30 8Z', lin([['#C89355', 0], ['#8E5A2A', 1]])) + E(0, 0, 50, 32, lin([['#D6A366', 0], ['#8E5A2A', 1]])) + E(-2, -3, 40, 23, lin([['#8A5527', 0], ['#C18B4D', 1]])), `rotate(${ang}) scale(${k})`);
const dome = (cx, cy, w, h) => { const l = cx - w / 2, r = cx + w / 2;
  return `M${ni(l)} ${ni(cy)}C${ni(l - 4)} ${ni(cy - h * .5)} ${ni(cx - w * .3)} ${ni(cy - h * .76)} ${ni(cx)} ${ni(cy - h * .76)}S${ni(r + 4)} ${ni(cy - h * .5)} ${ni(r)} ${ni(cy)}C${ni(r)} ${ni(cy + h * .18)} ${ni(cx + w * .34)} ${ni(cy + h * .24)} ${ni(cx)} ${ni(cy + h * .24)}S${ni(l)} ${ni(cy + h * .18)} ${ni(l)} ${ni(cy)}Z`; };
const CRUST = [['#E3A95E', 0], ['#C47A35', .4], ['#8F4E1D', .8], ['#5E3212', 1]];
/** Round loaf with banneton rings, flour and one bold cut. */
function boule(cx, cy, w, h, lite) {
  const d = dome(cx, cy, w, h), X = (fx, fy) => `${ni(cx + fx * w)} ${ni(cy + fy * h)}`;
  let rings = ''; for (let i = lite ? 1 : 0; i < 5; i += lite ? 2 : 1) { const q = .14 + i * .085; rings += `M${X(-q, -.34 + i * .04)}C${X(-q, -.34 - q * .85)} ${X(q, -.34 - q * .85)} ${X(q, -.34 + i * .04)}S${X(-q, -.34 + q * 1.05)} ${X(-q, -.34 + i * .04)}`; }
  const gash = `M${X(-.36, -.02)}C${X(-.24, -.42)} ${X(.02, -.62)} ${X(.3, -.5)}C${X(.12, -.4)} ${X(-.1, -.22)} ${X(-.36, -.02)}Z`;
  let tear = ''; for (let i = 0; i < 9; i++) { const t = i / 9; tear += `M${X(-.28 + t * .5, -.14 - Math.sin(t * 2.4) * .36)}l${ni(w * .035)} ${ni(h * .06)}`; }
  let chev = `M${X(-.16, .12)}Q${X(.1, .06)} ${X(.34, -.26)}`, gr = '';
  for (let i = 0; i < 5; i++) { const gx = cx + w * (-.04 + i * .085), gy = cy + h * (.075 - i * .052 - i * i * .006); gr += `M${ni(gx)} ${ni(gy)}q${ni(-w * .005)} ${ni(-h * .09)} ${ni(w * .055)} ${ni(-h * .12)}q${ni(w * .02)} ${ni(h * .09)} ${ni(-w * .055)} ${ni(h * .12)}M${ni(gx)} ${ni(gy)}q${ni(w * .05)} ${ni(h * .02)} ${ni(w * .095)} ${ni(-h * .05)}q${ni(-w * .06)} ${ni(-h * .05)} ${ni(-w * .095)} ${ni(h * .05)}`; }
  return P(d, rad(CRUST, .36, .22, .85)) + clip(d,
    S(rings, '#FBEBCB', n(w * .02), op(.34)) + glow(cx - w * .16, cy - h * .46, w * .36, h * .34, '#FFF4DC', .75)
    + S(chev, '#F0D29A', n(w * .01), op(.9)) + P(gr, '#F6E0B2', ' stroke="#8F4E1D" stroke-width="2"')
    + P(gash, lin([['#F7E2B4', 0], ['#E2B066', .7], ['#C58440', 1]], 0, 0, .6, 1)) + S(tear, '#C98D4A', n(w * .009), op(.7))
    + S(`M${X(-.36, -.02)}C${X(-.24, -.42)} ${X(.02, -.62)} ${X(.3, -.5)}`, '#5E3212', n(w * .022)) + S(`M${X(-.35, -.06)}C${X(-.24, -.45)} ${X(.02, -.645)} ${X(.29, -.525)}`, '#D99A52', n(w * .008))
    + S(`M${X(-.36, -.02)}C${X(-.1, -.22)} ${X(.12, -.4)} ${X(.3, -.5)}`, '#8F4E1D', n(w * .008), op(.7))
    + glow(cx + w * .2, cy + h * .24, w * .5, h * .22, '#3A1D08', .7)
    + (lite ? '' : grains(scatter(5, 26, cx + w * .1, cy - h * .08, w * .36, h * .24), '#FBEBCB', 3, 0, 3, op(.6))));
}

/** Long loaf with five cuts, lying level, 600 long. */
function baguette(lite) {
  const d = 'M-300 4C-296 -34 -250 -58 -170 -66C-60 -76 80 -76 180 -64C250 -56 296 -34 300 2C296 36 250 56 180 64C80 74 -60 74 -170 64C-250 56 -296 38 -300 4Z';
  let cuts = '', ears = '', tear = '';
  for (let i = 0; i < 5; i++) { const x = -228 + i * 100; cuts += `M${x} 26C${x + 20} -24 ${x + 60} -50 ${x + 112} -44C${x + 96} -8 ${x + 56} 22 ${x} 26Z`; ears += `M${x} 26C${x + 20} -24 ${x + 60} -50 ${x + 112} -44`; for (let j = 0; j < 4; j++) tear += `M${x + 24 + j * 17} ${4 - j * 11}l10 9`; }
  return sym(P(d, lin([['#E6AF66', 0], ['#C57C36', .4], ['#8A4A1B', .8], ['#5E3212', 1]])) + clip(d, G(P(cuts, lin([['#FBE9C2', 0], ['#DDA963', 1]], 0, 0, .5, 1)) + S(tear, '#C48A48', 3, op(.7)) + S(ears, '#6A3812', 8) + S(ears, '#EBB873', 3, ' transform="translate(-3 -5)"')) + S('M-250 -36Q-60 -66 190 -52', '#FFF2D6', 14, op(.35)) + (lite ? '' : grains(scatter(8, 26, 0, -10, 270, 44), '#FFF4DE', 4, 0, 2, op(.55)))));
}
/** Twisted ring of dough with seeds. */
const ring = (grain, w, len, seed, m = 40) => { const pts = []; for (let i = 0; i < m; i++) { const r = rng(seed + i), a = i / m * 6.283 + r() * .12, q = .74 + r() * .26; pts.push([Math.cos(a) * 112 * q, Math.sin(a) * 86 * q - 4]); }
    let tw = ''; for (let i = 0; i < 11; i++) { const a = i / 11 * 6.283 + .2; tw += `M${ni(Math.cos(a) * 64)} ${ni(Math.sin(a) * 42)}Q${ni(Math.cos(a + .18) * 92)} ${ni(Math.sin(a + .18) * 70)} ${ni(Math.cos(a + .62) * 122)} ${ni(Math.sin(a + .62) * 94)}`; }
    const hole = 'M-126 0A126 98 0 1 0 126 0A126 98 0 1 0 -126 0ZM-54 4A54 33 0 1 1 54 4A54 33 0 1 1 -54 4Z';
    return sym(P(hole, '#6A3812', ' fill-rule="evenodd" transform="translate(0 9)"') + P(hole, rad([['#F0B766', 0], ['#CF8236', .5], ['#8A4719', 1]], .38, .25, .8), ' fill-rule="evenodd"')
      + S(tw, '#7A3F15', 5, op(.55)) + E(0, 2, 90, 64, 'none', ' stroke="#FFE2AA" stroke-width="9" opacity=".3"') + S('M-104 -30Q-80 -78 -14 -86', '#FFF0CF', 9, op(.6)) + grains(pts, grain, w, len, seed)); };

// ---------------------------------------------------------------- products
const pics = {};
/** hz: height of the table's far edge; k: size of the food; dy: moves it down. */
const add = (slug, tone, draw, { hz, k = 1, dy = 0, dx = 0 } = {}) => { pics[slug] = () => scene(tone, hz)
  + (k === 1 && !dy && !dx ? draw() : G(draw(), ` transform="translate(${n(400 - 400 * k + dx)} ${n(400 - 400 * k + dy)}) scale(${k})"`)); };

// --- breads
add('paine-de-casa-cu-maia-1kg', 'paine', () => board(400, 500, 600, 128, 3)
  + shadow(410, 476, 290, 44, .85) + boule(400, 408, 490, 330)
  + wheat(596, 508, -14, .9) + wheat(628, 530, -4, .78)
  + grains(scatter(9, 22, 210, 482, 120, 18), '#FFF7E6', 4, 0, 1, op(.8)));

add('paine-cu-cartofi-1200g', 'paine', () => {
  const d = dome(446, 404, 450, 350), cut = blob([[176, 430], [182, 322], [244, 226], [336, 204], [412, 266], [436, 380], [424, 470], [330, 490], [216, 486]]);
  const cr = blob([[192, 424], [197, 330], [252, 244], [334, 222], [396, 278], [420, 380], [409, 455], [328, 473], [226, 468]]);
  const tuber = sym(P('M-60 4C-62 -30 -30 -42 4 -40C44 -38 66 -18 62 10C58 36 20 42 -10 40C-40 38 -58 28 -60 4Z', rad([['#F0D79C', 0], ['#D0A660', .6], ['#99703A', 1]])) + grains([[-20, -14], [10, -22], [34, 0], [-2, 12], [-36, 8], [22, 22]], '#8F6630', 5, 3, 4, op(.6)));
  const crack = 'M420 170Q450 214 438 262M470 168Q520 190 528 244Q556 262 560 300M528 244Q486 262 480 310Q500 350 486 396M560 300Q610 310 664 300M560 300Q548 350 574 392M480 310L446 318M574 392Q620 388 662 372M574 392Q560 430 580 470M486 396Q520 410 516 470M528 244Q580 228 622 244';
  return board(400, 508, 620, 118, 8) + shadow(440, 486, 300, 42, .85) + P(d, rad([['#E0AB66', 0], ['#BE7934', .45], ['#80471B', .85], ['#4E290E', 1]], .5, .2, .8))
    + clip(d, spots([[470, 200, 110, 44], [580, 270, 70, 40], [520, 340, 56, 46], [620, 350, 50, 40], [500, 270, 50, 34]], '#FFF0D2', .8) + spots([[640, 420, 60, 60], [600, 330, 40, 30], [540, 430, 40, 40], [470, 240, 22, 16], [550, 210, 30, 14]], '#2E1606', .75) + S(crack, '#5A300F', 5, op(.6)) + S(crack, '#F3D49A', 2, ' transform="translate(-4 -3)" opacity=".6"') + glow(520, 494, 260, 70, '#2E1606', .75) + grains(scatter(7, 22, 540, 270, 120, 110, 12), '#FFF4DE', 4, 0, 1, op(.6)))
    + P(cut, lin([['#C88440', 0], ['#7A4219', 1]], 0, 0, 1, 1)) + P(cr, rad([['#FFF6DC', 0], ['#F7E5B8', .6], ['#E5C27F', 1]], .45, .45, .65))
    + clip(cr, holes(12, 46, 306, 352, 112, 122, '#CDA45F', .6, 9) + holes(40, 18, 306, 352, 110, 118, '#FFFBEC', .9, 7))
    + shadow(640, 524, 80, 20, .7) + use(tuber, 'translate(632 494) rotate(-8)') + shadow(714, 544, 56, 14, .7) + use(tuber, 'translate(708 522) rotate(14) scale(.7)');
});

add('paine-de-secara-cu-seminte-800g', 'paine', () => {
  const body = 'M270 196C330 162 560 128 622 148C650 158 658 180 656 206L646 400Q644 424 618 430L296 500Z';
  const face = 'M154 250C148 214 170 206 198 200C246 190 290 188 312 200C328 208 330 224 330 244L326 478Q324 500 302 502H186Q166 500 164 480Z';
  const sl = sym(P(face, lin([['#7A4A24', 0], ['#53300F', 1]])) + P('M167 254C162 226 178 218 202 213C246 204 286 202 304 211C318 216 318 230 318 246L314 474Q313 488 300 489H188Q177 488 176 476Z', lin([['#B4845A', 0], ['#8B5C33', 1]], 0, 0, 1, 1))
    + grains(scatter(31, 34, 244, 350, 66, 122, 15), '#DDB985', 6, 6, 2) + grains(scatter(32, 14, 244, 350, 64, 120, 22), '#6B7F45', 7, 8, 5) + holes(33, 26, 244, 350, 66, 122, '#5E3819', .6, 6));
  return board(400, 514, 650, 130, 5) + shadow(440, 492, 290, 46, .85)
    + P(body, lin([['#A66C38', 0], ['#7A4822', .4], ['#4A290C', 1]], .2, 0, .35, 1))
    + clip(body, P('M190 204C246 176 600 116 660 150L660 210C600 172 430 204 300 246Z', '#B9834D', op(.8)) + S('M300 246C430 206 596 174 660 206', '#E0B27A', 4, op(.4)) + grains(scatter(51, 58, 470, 182, 186, 32, 12), '#EED3A0', 7, 7, 9) + grains(scatter(52, 24, 470, 184, 180, 30, 18), '#4C3115', 6, 6, 3) + grains(scatter(53, 16, 470, 182, 174, 28, 22), '#7E9A58', 7, 9, 3) + glow(620, 330, 90, 150, '#2E1606', .5))
    + use(sl, 'translate(30 0)') + shadow(250, 508, 130, 22, .6) + use(sl, 'translate(-8 92) rotate(-7) scale(.92 .84)')
    + grains(scatter(60, 24, 560, 496, 110, 13, 12), '#EED3A0', 7, 6, 4) + grains(scatter(61, 9, 560, 496, 100, 12, 20), '#6E8A4C', 7, 8, 4);
});

add('franzele-rustice-2-buc', 'paine', () => {
  const bag = baguette();
  const lines = c => S('M88 474L272 560M106 462L300 552M528 282L724 372M544 272L742 358', c, 8, op(.8)) + S('M97 468L286 556M536 277L733 365', c, 3, op(.8));
  return shadow(400, 470, 350, 90, .4) + cloth([[96, 456], [330, 350], [560, 262], [650, 300], [736, 372], [560, 470], [300, 566], [180, 520]], lines(C.tomato))
    + at(372, 348, shadow(10, 62, 310, 34, .7), 'rotate(-21)') + use(bag, 'translate(372 330) rotate(-21) scale(.98)')
    + at(440, 450, shadow(10, 62, 310, 34, .8), 'rotate(-15)') + use(bag, 'translate(440 432) rotate(-15)');
}, { hz: 270, k: 1.06, dy: -48 });

add('lipii-la-vatra-4-buc', 'paine', () => {
  const r = rng(11), pts = []; for (let i = 0; i < 13; i++) { const a = i / 13 * 6.283, k = .96 + r() * .07; pts.push([Math.cos(a) * 268 * k, Math.sin(a) * 124 * k]); }
  const d = blob(pts), one = (x, y, a) => at(x, y, P(d, '#7E4C1E', ' transform="translate(2 25)"') + P(d, '#DDAE70', ' transform="translate(0 15)"') + P(d, rad([['#FCEBC6', 0], ['#F1D095', .6], ['#DBA65F', 1]], .4, .35, .7)), `rotate(${a}) scale(1 .98)`);
  const b = scatter(16, 14, 0, 0, 216, 92, 58).map(([x, y]) => { const k = 13 + r() * 15; return [x, y, k * 1.5, k]; });
  return board(400, 562, 700, 220, 2) + shadow(410, 490, 330, 80, .8) + one(408, 432, 2) + one(392, 398, -3) + one(406, 364, 3) + one(396, 328, -1)
    + at(396, 328, clip(d, spots(b.map(([x, y, p, q]) => [x + 2, y + 3, p * 1.5, q * 1.5]), '#B4682A', .8) + spots(b.filter((_, i) => i % 2).map(([x, y, p, q]) => [x + 3, y + 3, p * .7, q * .7]), '#3E1D08', .9) + spots(b.filter((_, i) => i % 2 === 0).map(([x, y, p, q]) => [x - 5, y - q * .4, p * .6, q * .45]), '#FFF3D3', .9) + grains(scatter(4, 40, -20, -14, 226, 96, 14), '#FFFAEC', 4, 0, 1, op(.8))))
    + dill(584, 530, -16, .95) + dill(610, 548, 4, .7);
}, { hz: 268, dy: -40 });

add('covrigi-cu-susan-si-mac-6-buc', 'paine', () => {
  const a = ring('#FFF3D2', 7, 6, 100), b = ring('#2E2A31', 5, 0, 300);
  const put = (s, x, y, t = '') => at(x + 8, y + 78, shadow(0, 0, 128, 34, .6)) + use(s, `translate(${x} ${y})${t}`);
  return cloth([[84, 470], [150, 396], [400, 372], [640, 388], [724, 460], [640, 548], [400, 566], [160, 552]], S('M60 520Q400 596 740 516M60 536Q400 612 740 532', C.tomato, 6, op(.8)))
    + put(b, 298, 330, ' scale(.92)') + put(a, 500, 328, ' scale(.92)') + put(a, 208, 440, ' rotate(-6)') + put(b, 592, 440, ' rotate(5)') + put(b, 398, 470) + put(a, 396, 318, ' rotate(3) scale(1 .98)');
}, { hz: 310, k: 1.08, dy: -56 });

// --- pies and sweet bakes
add('cozonac-cu-nuca-si-cacao-900g', 'placinte', () => {
  const face = 'M-118 96C-130 20 -124 -48 -84 -86C-48 -120 44 -122 82 -86C122 -48 128 20 116 96Q112 114 92 116H-94Q-114 114 -118 96Z';
  const inner = 'M-103 92C-114 22 -108 -40 -74 -72C-40 -102 38 -104 70 -72C106 -40 112 22 101 92Q98 100 88 101H-90Q-100 100 -103 92Z';
  const slice = sym(P(face, lin([['#8A4517', 0], ['#B4682A', .6], ['#8A4517', 1]])) + P(inner, rad([['#FBE29A', 0], ['#F2CB73', .7], ['#DDA54C', 1]], .45, .4, .7))
    + clip(inner, S(spiral(-6, 14, 3, 104, 3.5, .98, 1, 2.4), '#4A2410', 15) + S(spiral(-6, 14, 3, 104, 3.5, .98, 1, 2.4), '#7A4526', 5, ' transform="translate(-2 -3)" opacity=".7"')
      + grains(scatter(71, 18, 0, 4, 92, 82, 20), '#C08A50', 7, 5, 2) + holes(72, 12, 0, 0, 94, 84, '#FFF0BE', .7, 5)));
  const lo = sym(E(0, 0, 88, 68, rad([['#E9A955', 0], ['#B2602A', .45], ['#7A3A12', .85], ['#54260A', 1]], .4, .22, .8)) + S('M-53 -35Q-9 -60 35 -45', '#FFE3AE', 9, op(.55))), lobe = (x, y, k, a) => use(lo, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  const side = 'M262 268C320 250 600 196 650 236C684 264 676 330 668 380Q664 400 644 404L300 478Z';
  const nu = sym(P('M-34 4C-36 -20 -16 -28 0 -26C20 -28 38 -16 34 6C30 24 12 26 0 24C-16 28 -32 22 -34 4Z', rad([['#E6BE83', 0], ['#B98445', .6], ['#7E5222', 1]])) + S('M0 -24Q-6 0 0 23M-20 -16q10 8 4 18M-24 6q8 2 8 12M18 -18q-10 8 -2 18M24 4q-10 4 -8 14', '#7E5222', 3, op(.75))), nut = (x, y, a, k = 1) => shadow(x, y + 20 * k, 46 * k, 12, .7) + use(nu, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  return board(400, 516, 650, 130, 6) + shadow(450, 468, 290, 48, .85)
    + P(side, lin([['#A85C24', 0], ['#8A4517', .5], ['#54260A', 1]])) + lobe(602, 250, .9, 28) + lobe(520, 246, .96, 24) + lobe(432, 252, 1, 22) + lobe(340, 262, 1, 20)
    + use(slice, 'translate(270 362)') + at(214, 500, shadow(20, 0, 160, 22, .7)) + use(slice, 'translate(206 478) skewX(-24) scale(.98 .34)')
    + nut(556, 478, -12) + nut(620, 492, 30, .86) + nut(492, 502, 64, .8);
});

add('branzoaice-4-buc', 'placinte', () => {
  const turn = (pts, a) => pts.map(([x, y]) => [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)]);
  const base = blob([[-104, -98], [0, -106], [104, -98], [110, 0], [104, 98], [0, 106], [-104, 98], [-110, 0]]);
  const flap = [[-98, -94], [-50, -106], [0, -108], [50, -106], [98, -94], [52, -50], [20, -16], [0, -6], [-20, -16], [-52, -50]];
  let fl = ''; for (const a of [3.1416, 1.5708, -1.5708, 0]) fl += P(blob(turn(flap, a)), rad([['#F9D48C', 0], ['#DB9443', .55], ['#A85D22', 1]], .4, .3, .75), ' stroke="#8A4719" stroke-width="3" stroke-opacity=".5"');
  const bun = sym(G(P(base, '#7A3F15', ' transform="translate(0 34)"') + P(base, '#A85D22', ' transform="translate(0 12)"') + P(base, '#C27530') + fl
    + P(blob([[-48, 0], [-32, -34], [4, -46], [38, -30], [50, 2], [30, 38], [-6, 46], [-38, 32]]), '#8A4719', op(.5)) + P(blob([[-44, -4], [-28, -36], [4, -46], [36, -32], [46, 0], [26, 34], [-8, 40], [-36, 28]]), rad([['#FFFEF2', 0], ['#FDF0C6', .6], ['#E8C67C', 1]])) + grains([[-16, -16], [12, -8], [-8, 16], [22, 12], [2, -28]], '#5A2E1A', 11, 4, 2)
    + S('M-66 -94Q0 -102 60 -94M-96 -60Q-102 0 -96 50', '#FFF0CC', 8, op(.6)) + glow(-40, -56, 70, 44, '#fff', .5) + glow(44, 56, 50, 30, '#fff', .28) + grains(scatter(17, 36, 0, 0, 92, 88, 12), '#FFFDF7', 5, 0, 1, op(.8)), ' transform="scale(1 .66)"'));
  const put = (x, y, k, a = 0) => shadow(x + 8, y + 66 * k, 136 * k, 40 * k, .55) + use(bun, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  return plate(400, 414, 356, 178) + put(290, 326, .98, -2) + put(520, 330, .98, 3) + put(258, 452, 1.1, 2) + put(532, 458, 1.1, -3);
}, { hz: 262, dy: -44 });

add('placinta-cu-mere-1kg', 'placinte', () => {
  const x = 0, y = 0, a = 132, b = 142, h = 118, q = cuboid(x, y, a, b, h, ['#E9B568', '#C98A45', '#A9672C'], 10), r = rng(5);
  const band = (t0, t1, side) => { const [O, T] = side ? [q.F, q.R] : [q.F, q.L]; return poly([[O[0], O[1] - h * t0], [T[0], T[1] - h * t0], [T[0], T[1] - h * t1], [O[0], O[1] - h * t1]]); };
  const bl = band(.14, .78, 0), br = band(.14, .78, 1), cy = -h - 43;
  let ch = ''; for (let i = 0; i < 15; i++) { const t = r(), v = .2 + r() * .5; ch += `M${ni(-a * t)} ${ni(-a * .36 * t - h * v)}l${ni(-14 - r() * 10)} ${ni(-8 + r() * 8)}`; const u = r(), w = .2 + r() * .5; ch += `M${ni(b * u)} ${ni(-b * .27 * u - h * w)}l${ni(10 + r() * 12)} ${ni(-4 - r() * 6)}`; }
  const piece = sym(q.svg + P(bl, lin([['#EFC065', 0], ['#D3933A', 1]])) + P(br, lin([['#CF9140', 0], ['#A86A25', 1]])) + clip(bl + br, S(ch, '#FBE2A4', 9, op(.75)) + grains(scatter(5, 16, 5, -h * .6, 130, 50, 14), '#8A4E1C', 5, 3, 2, op(.7)))
    + P(q.top, rad([['#F9DCA0', 0], ['#E7B061', .6], ['#CB8A3F', 1]], .4, .4, .7)) + clip(q.top, glow(0, cy - 4, 120, 40, '#fff', .85) + grains(scatter(6, 62, 4, cy, 124, 40, 8), '#fff', 6, 0, 1)));
  const stick = sym(P('M-80 -11H80Q90 0 80 11H-80Z', lin([['#B06B35', 0], ['#6B3815', 1]])) + E(-80, 0, 6, 11, '#4A230B') + S('M-70 -3H74', '#8E5022', 2));
  const apple = at(668, 452, shadow(6, 62, 86, 22, .75) + P('M0 -46C34 -66 78 -46 74 4C70 46 36 70 8 62Q0 58 -8 62C-36 70 -70 46 -74 4C-78 -46 -34 -66 0 -46Z', rad(RED, .36, .3, .8)) + S('M-24 -40C-46 -22 -50 16 -38 44M24 -40C44 -20 48 18 36 44', '#F4C27C', 4, op(.3)) + P('M-22 -48Q0 -34 22 -48Q0 -58 -22 -48Z', '#5E2A12', op(.7)) + S('M0 -44Q2 -64 14 -74', '#5A3A1C', 6) + E(-34, -18, 12, 18, '#fff', op(.4)), 'scale(.94)') + leaf(680, 388, 52, 14, -18);
  return plate(390, 462, 326, 126) + use(piece, 'translate(240 480)') + use(piece, 'translate(510 484)') + use(piece, 'translate(372 352)') + shadow(590, 560, 110, 16, .6) + use(stick, 'translate(570 540) rotate(-8)') + use(stick, 'translate(606 556) rotate(-20)') + apple;
});

add('placinta-rasucita-cu-branza-800g', 'placinte', () => {
  const cx = 400, cy = 392, ky = .62, m = spiral(cx, cy, 18, 216, 3.9, ky, 1, 1.2) , o = `M${cx - 226} ${cy}a226 140 0 1 0 452 0a226 140 0 1 0 -452 0`;
  const coil = (c, w, x) => S(o, c, w, x) + S(m, c, w, x);
  return cloth([[60, 430], [170, 330], [420, 270], [660, 330], [748, 440], [640, 548], [400, 576], [150, 546]], S('M50 470L210 572M66 448L240 572', C.tomato, 8, op(.75)))
    + shadow(414, 470, 340, 116, .75) + P('M106 384C106 530 220 572 400 572S694 530 694 384Z', lin([['#3A3230', 0], ['#6A5D57', .3], ['#2B2422', 1]], 0, 0, 1, 0)) + E(cx, 386, 296, 188, '#574C47') + E(cx, 386, 282, 177, '#241D1A')
    + E(cx, cy + 6, 268, 170, '#5E2E0C') + E(cx, cy, 264, 166, '#8A4A18') + coil('#6A3510', 60, '') + coil('#B96E2A', 54, ' transform="translate(0 -4)"') + coil('#E0A152', 38, ' transform="translate(-3 -9)"') + coil('#F9DCA2', 13, ' transform="translate(-6 -18)" opacity=".75"')
    + spots([[250, 330, 70, 36], [520, 300, 80, 30], [330, 480, 80, 34], [560, 430, 60, 50], [420, 380, 50, 26]], '#7A3A0E', .6) + grains(scatter(42, 16, cx, cy - 6, 200, 120, 40), '#FFF6DC', 7, 9, 5, op(.7)) + grains(scatter(43, 26, cx, cy - 4, 220, 132, 26), '#4F6B38', 5, 9, 5)
    + dill(566, 506, 16, 1) + dill(600, 544, -8, .75);
}, { hz: 262, dy: -44 });

add('pasca-cu-branza-si-stafide-1kg', 'placinte', () => {
  const cx = 400, cy = 394, R = 238, ky = .56; let braid = '';
  const seg = sym(E(0, 0, 58, 35, rad([['#F2BC6B', 0], ['#C4742E', .5], ['#7E3F14', 1]], .4, .25, .8)) + S('M-34 -15Q-8 -29 26 -21', '#FFE9BC', 6, op(.55)));
  const ks = Array.from({ length: 22 }, (_, i) => i / 22 * 6.283).sort((a, b) => Math.sin(a) - Math.sin(b));
  for (const a of ks) braid += use(seg, `translate(${ni(cx + Math.cos(a) * R)} ${ni(cy + Math.sin(a) * R * ky)}) rotate(${ni(Math.atan2(Math.cos(a) * ky, -Math.sin(a)) * 57.3 + 24)}) scale(.94 .9)`);
  const bar = (x, y, a, l) => { let s = ''; const q = sym(E(0, 0, 31, 19, rad([['#F2BC6B', 0], ['#C4742E', .5], ['#7E3F14', 1]], .4, .25, .8))); for (let i = 0; i < l; i++) { const t = (i - (l - 1) / 2) * 38; s += use(q, `translate(${ni(x + Math.cos(a) * t)} ${ni(y + Math.sin(a) * t * .8)}) rotate(${ni(a * 57.3 + (i % 2 ? 28 : -20))})`); } return s; };
  return plate(400, 446, 330, 142, '#FFFDF7', '#DCCDBB', C.tomato) + shadow(404, 470, 290, 96, .6) + P('M138 400C138 510 250 556 400 556S662 510 662 400Z', lin([['#B4682A', 0], ['#7E3F14', .6], ['#5A2A0B', 1]]))
    + E(cx, cy, R - 10, (R - 10) * ky, '#E6BC6C') + E(cx, cy + 2, R - 22, (R - 26) * ky, rad([['#FFF8DC', 0], ['#F9E3A0', .6], ['#E2AE58', 1]], .42, .4, .62))
    + glow(320, 340, 60, 26, '#B4682A', .5) + glow(480, 446, 70, 28, '#B4682A', .45) + glow(500, 342, 50, 20, '#B4682A', .4) + grains(scatter(81, 20, cx, cy, 185, 92, 34), '#4A2616', 13, 5, 2)
    + bar(cx, cy, 1.571, 7) + bar(cx, cy, 0, 10) + braid;
}, { hz: 272, k: 1.12, dy: -52 });

add('cornulete-cu-magiun-500g', 'placinte', () => {
  const d = 'M-96 30C-92 -22 -44 -62 4 -62C54 -60 94 -20 98 32C88 44 72 44 62 36C50 10 28 -6 2 -6C-26 -6 -48 12 -58 36C-68 46 -86 44 -96 30Z';
  const horn = sym(P(d, '#9C6430', ' transform="translate(0 9)"') + P(d, rad([['#FBE3B0', 0], ['#E8BB74', .55], ['#BC8040', 1]], .4, .2, .8)) + S('M-40 -44Q-34 -22 -38 2M-6 -61Q-2 -36 -4 -8M30 -56Q28 -30 22 -4M64 -34Q54 -16 44 4', '#A56A30', 5, op(.6)) + clip(d, glow(-14, -46, 92, 42, '#fff', .95) + grains(scatter(15, 40, 0, -20, 94, 46, 9), '#fff', 6, 0, 1, op(.9))) + E(-84, 33, 10, 8, '#3B1626') + E(84, 34, 10, 8, '#3B1626'));
  const put = (x, y, a, k = 1) => at(x + 8, y + 34, shadow(0, -6, 100 * k, 26, .4)) + use(horn, `translate(${x} ${y}) rotate(${a}) scale(${k} ${n(k * .88)})`);
  return plate(400, 448, 326, 130) + [[250, 400, -14], [404, 392, 4], [552, 404, 14], [200, 462, -24], [326, 470, 6], [476, 474, -6], [602, 462, 20], [318, 340, -8], [478, 344, 10], [398, 286, -2]].map(a => put(...a)).join('') + grains(scatter(19, 46, 400, 516, 220, 30, 7), '#fff', 4, 0, 1, op(.9));
}, { hz: 310, k: 1.1, dy: -56 });

// --- dairy and eggs
const CHEESE = () => [lin([['#FFFFFB', 0], ['#FBF5E4', 1]], 0, 0, 1, 1), lin([['#FFFDF3', 0], ['#EFE6D0', 1]]), lin([['#E3D8BE', 0], ['#CDBF9F', 1]])];
const parsley = (x, y, k = 1, a = 0) => { const lf = 'M0 0C-16 -8 -30 -4 -36 -20C-24 -24 -26 -40 -12 -40C-8 -54 10 -54 12 -40C26 -40 24 -24 36 -20C30 -4 16 -8 0 0Z'; const l = sym(P(lf, lin([['#7FA05A', 0], ['#44602F', 1]])) + S('M0 0V-38M0 -14L-22 -22M0 -14L22 -22', '#A9C187', 2, op(.7)));
  return at(x, y, S('M0 60Q4 26 0 0M0 34Q-18 20 -34 12M0 34Q18 20 34 12', '#5C7A40', 4) + use(l, 'rotate(4)') + use(l, 'translate(-32 14) rotate(-52) scale(.85)') + use(l, 'translate(32 14) rotate(52) scale(.85)'), `rotate(${a}) scale(${k})`); };
add('telemea-de-vaca-500g', 'lactate', () => {
  const big = cuboid(392, 448, 190, 170, 142, CHEESE(), 14), sl = cuboid(560, 478, 58, 120, 74, CHEESE(), 10), sm = cuboid(238, 486, 46, 52, 44, CHEESE(), 8);
  const pores = (q, seed, cx, cy, rx, ry, m) => clip(q, holes(seed, m, cx, cy, rx, ry, '#B9A981', .55, 6));
  return shadow(410, 516, 360, 74, .7) + P('M64 420C70 520 220 566 400 566S730 520 736 420Z', lin([['#A2522B', 0], ['#C77642', .28], ['#8A3F1D', .75], ['#6B2E13', 1]], 0, 0, 1, 0)) + S('M84 470Q180 544 400 546T716 470', '#F1D6A8', 5, ' stroke-dasharray="2 18" opacity=".8"')
    + E(400, 420, 336, 126, lin([['#D58A55', 0], ['#A2522B', 1]], 0, 0, 1, 1)) + E(400, 426, 312, 108, lin([['#8E9E92', 0], ['#C9D6CB', .5], ['#E7EDE2', 1]]))
    + big.svg + pores(big.left, 1, 300, 350, 90, 90, 20) + pores(big.right, 2, 478, 360, 80, 80, 14) + pores(big.top, 3, 386, 250, 150, 46, 14) + S(`M${ni(big.F[0])} 306V440`, '#fff', 4, op(.5))
    + sl.svg + pores(sl.right, 5, 620, 420, 52, 40, 8) + pores(sl.top, 6, 588, 372, 70, 18, 6) + sm.svg
    + S('M86 436Q150 528 400 533T714 436', '#EEF3EA', 5, op(.55)) + parsley(404, 222, .9, -10) + parsley(452, 236, .7, 30);
});

add('branza-in-coaja-de-brad-350g', 'lactate', () => {
  const w = 250, l = 210, r = l + w, t = 196, b = 486, k = 44; const bark = `M${l} ${t}V${b}A${w / 2} ${k} 0 0 0 ${r} ${b}V${t}Z`;
  const rr = rng(6); let cr = ''; for (let i = 0; i < 24; i++) { const x = l + 8 + rr() * (w - 16), y = t + 20 + rr() * 270, h = 20 + rr() * 46; cr += `M${ni(x)} ${ni(y)}q${ni(rr() * 14 - 7)} ${ni(h / 2)} 0 ${ni(h)}`; }
  let pl = ''; for (const [x, y] of scatter(14, 14, 335, 360, 122, 150, 44)) pl += `M${ni(x - 14)} ${ni(y - 20)}q16 -16 28 2q6 26 -6 44q-16 8 -24 -6z`;
  const twig = (x, y, a, k2 = 1) => { let d = 'M0 0Q80 -8 168 0'; for (let i = 0; i < 13; i++) d += `M${12 + i * 12} -1l20 ${-26 + i}m-20 ${26 - i}l20 ${26 - i}`; return use(sym(S(d, '#3F5F3A', 6) + S('M0 0Q80 -8 160 0', '#6B4A2A', 4)), `translate(${x} ${y}) rotate(${a}) scale(${k2})`); };
  const wedge = cuboid(560, 484, 88, 96, 84, [lin([['#FFF6D6', 0], ['#F3DFA4', 1]]), lin([['#F8E7B4', 0], ['#E3C57E', 1]]), lin([['#D8B871', 0], ['#BD9850', 1]])], 12);
  return board(410, 522, 650, 120, 12) + shadow(360, 494, 220, 48, .85) + P(bark, lin([['#6B452A', 0], ['#A3764C', .26], ['#7B5030', .6], ['#3E2513', 1]], 0, 0, 1, 0)) + clip(bark, P(pl, '#C39A6D', op(.4)) + S(cr, '#3A2110', 5, op(.6)) + S(cr, '#D2AE83', 2, ' transform="translate(-5 -2)" opacity=".6"'))
    + E(335, t, w / 2, k, '#4F3119') + E(335, t - 3, w / 2 - 14, k - 7, '#8A5F38') + P(`M${l + 20} ${t}C${l + 26} ${t - 54} ${l + 76} ${t - 74} 335 ${t - 72}S${r - 26} ${t - 52} ${r - 20} ${t}A${w / 2 - 20} ${k - 10} 0 0 1 ${l + 20} ${t}Z`, rad([['#FFFAE4', 0], ['#F6E3AB', .55], ['#D9B667', 1]], .38, .25, .8))
    + G(grains(scatter(3, 26, 335, t - 24, 88, 34, 12), '#CFA95B', 5, 7, 2, op(.6)))
    + S(`M${l} 290A${w / 2} ${k} 0 0 0 ${r} 290M${l} 302A${w / 2} ${k} 0 0 0 ${r} 302M${l} 430A${w / 2} ${k} 0 0 0 ${r} 430`, '#E2C79A', 5) + S('M356 342q-40 -26 -44 0q10 22 44 0q38 -28 46 -4q-12 22 -46 4l-20 40m20 -40l30 34', '#E2C79A', 5)
    + wedge.svg + clip(wedge.left + wedge.right, holes(23, 20, 566, 420, 90, 60, '#B58F47', .6, 6)) + clip(wedge.top, holes(24, 6, 562, 372, 70, 20, '#C9A55A', .6, 5))
    + twig(446, 514, -8, 1) + twig(470, 534, 6, .8) + grains(scatter(8, 12, 640, 506, 40, 8, 12), '#F3DFA4', 11, 5, 2);
});

add('urda-dulce-400g', 'lactate', () => {
  const d = 'M212 462C216 380 240 276 282 226C310 196 356 186 400 186S490 196 518 226C560 276 584 380 588 462C560 496 480 508 400 508S240 496 212 462Z';
  let rings = ''; for (let i = 0; i < 6; i++) { const y = 250 + i * 40, x = 138 + i * 10; rings += `M${400 - x} ${y}Q400 ${y + 44} ${400 + x} ${y}`; }
  let vert = ''; for (let i = -5; i <= 5; i++) vert += `M${400 + i * 22} 206Q${400 + i * 34} 340 ${400 + i * 36} 500`;
  return plate(400, 472, 326, 106, '#E9F0F0', '#A9BBBC', '#56788A') + shadow(416, 488, 226, 46, .55) + P(d, rad([['#FFFFFC', 0], ['#FBF5E6', .5], ['#DDD2BA', .85], ['#BFB292', 1]], .36, .3, .78))
    + clip(d, S(rings, '#C9BC9D', 5, op(.5)) + S(rings, '#fff', 5, ' transform="translate(0 -7)" opacity=".8"') + S(vert, '#D3C7AA', 4, op(.4)) + glow(330, 250, 100, 90, '#fff', .8)) + E(400, 212, 108, 24, '#FFFEF8') + glow(430, 218, 80, 14, '#D8CCB0', .5)
    + spoon(236, 516, -16, .98) + P(blob([[196, 512], [204, 484], [236, 472], [266, 486], [274, 508], [240, 522]]), rad([['#fff', 0], ['#F6EFDD', .6], ['#D5C9AC', 1]])) + grains(scatter(5, 16, 560, 506, 60, 10, 12), '#FFFDF3', 11, 5, 3)
    + leaf(394, 196, 56, 17, -34, '#6B8A4C') + leaf(398, 198, 50, 16, -142, '#55703F') + leaf(396, 198, 44, 14, -92, '#7D9B5C');
});

add('smantana-400g', 'lactate', () => {
  const d = 'M206 268C186 330 190 430 250 496Q270 516 310 518H490Q530 516 550 496C610 430 614 330 594 268Z';
  let dots = ''; for (let i = 0; i <= 14; i++) { const t = i / 14; dots += `M${ni(200 + t * 400)} ${ni(398 + Math.sin(t * 3.14) * 46)}h0`; }
  let wave = 'M197 350'; for (let i = 0; i < 8; i++) wave += `q${25} ${i < 4 ? 44 - i * 8 : 20 - (i - 4) * 8} 50.5 ${[16, 12, 8, 4, -4, -8, -12, -16][i]}`;
  return shadow(420, 512, 270, 48, .8) + P(d, lin([['#7E3A18', 0], ['#C8743F', .26], ['#A3522A', .6], ['#5A260D', 1]], 0, 0, 1, 0)) + clip(d, S(wave, '#F3E2BE', 9) + S(dots, '#F3E2BE', 11) + S('M200 312Q400 384 600 312', '#55703F', 9, op(.9)) + S('M230 460Q400 512 570 460', '#F3E2BE', 5)) + S('M232 330Q222 410 268 478', '#fff', 13, op(.3))
    + E(400, 268, 204, 66, lin([['#D58A55', 0], ['#8A3F1D', 1]], 0, 0, 1, 1)) + E(400, 272, 186, 54, '#6B2E13')
    + P('M214 276C230 232 300 214 352 222C380 196 452 190 470 222C530 214 580 244 586 276C560 314 480 326 400 326S240 314 214 276Z', rad([['#FFFFFD', 0], ['#FFFAEC', .55], ['#E6DAC0', 1]], .4, .35, .75))
    + S('M262 276C300 240 380 240 404 262M300 300C360 286 440 300 520 276M430 230C452 238 460 252 446 262', '#DDCFB1', 7, op(.8)) + S('M258 266C296 230 376 230 402 250M304 290C360 276 440 288 514 266', '#fff', 7)
    + at(486, 262, E(0, 0, 56, 24, '#E6DAC0'), 'rotate(-8)') + at(478, 250, P('M8 -12C60 -80 110 -146 150 -206Q166 -214 172 -198C140 -134 92 -66 40 8Z', lin([['#D6A366', 0], ['#8E5A2A', 1]], 0, 0, 1, .4)) + P('M-46 2C-44 -22 -4 -34 26 -22C50 -10 50 10 36 22C6 34 -40 28 -46 2Z', rad([['#fff', 0], ['#FFF8E8', .6], ['#E0D3B6', 1]])))
    + parsley(640, 470, .9, 24);
});

add('oua-de-gaini-libere-10-buc', 'lactate', () => {
  const egg = 'M0 -74C36 -74 58 -22 58 12C58 50 32 72 0 72S-58 50 -58 12C-58 -22 -36 -74 0 -74Z';
  const mk = (a, b, c) => sym(P(egg, rad([[a, 0], [b, .55], [c, 1]], .36, .3, .75)) + E(-20, -28, 11, 17, '#fff', ' opacity=".5" transform="rotate(18)"') + grains(scatter(9, 6, 6, 10, 36, 46, 14), c, 3, 0, 2, op(.45)));
  const br = mk('#EFC39A', '#CE9162', '#8F5630'), cr = mk('#FFFBF1', '#F1E1C8', '#BFA57E'), gr = mk('#EEF2DF', '#C6CFB0', '#8A9876'), tan = mk('#FBE3C8', '#E4B98E', '#A87649');
  const put = (s, x, y, a, k = 1) => at(x + 6, y + 46, shadow(0, 0, 66, 26, .55)) + use(s, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  const r = rng(2); const straw = (m, y0, y1, c, w) => { let d = ''; for (let i = 0; i < m; i++) { const t = r() * 6.283, q = .86 + r() * .2, x = 400 + Math.cos(t) * 286 * q, y = (y0 + y1) / 2 + Math.sin(t) * (y1 - y0) / 2 * q, l = 50 + r() * 50; d += `M${ni(x)} ${ni(y)}q${ni(-Math.sin(t) * l * .5 + r() * 20 - 10)} ${ni(Math.cos(t) * l * .25 + 8)} ${ni(-Math.sin(t) * l)} ${ni(Math.cos(t) * l * .4 + r() * 16 - 8)}`; } return S(d, c, w); };
  let front = '', front2 = ''; for (let i = 0; i < 30; i++) { const x = 130 + r() * 500, t = (x - 400) / 280, y = 470 + (1 - t * t) * 50 + r() * 40 - 20; const s = `M${ni(x)} ${ni(y)}q${ni(20 + r() * 20)} ${ni(14 - t * 20 + r() * 12)} ${ni(64 + r() * 34)} ${ni(-t * 30 + r() * 26 - 13)}`; i % 2 ? front += s : front2 += s; }
  return shadow(410, 508, 350, 76, .8) + P('M96 420C96 520 230 566 400 566S704 520 704 420C704 360 560 318 400 318S96 360 96 420Z', rad([['#E2BC74', 0], ['#B98843', .6], ['#7E5520', 1]], .4, .2, .8)) + straw(34, 332, 500, '#E8C985', 7) + straw(17, 340, 500, '#A9782F', 5) + E(400, 420, 240, 84, '#6B4719', op(.75))
    + put(cr, 270, 352, -12) + put(br, 376, 334, 6) + put(gr, 480, 338, -4) + put(tan, 562, 366, 14) + put(tan, 208, 410, -26) + put(br, 618, 426, 30) + put(br, 306, 428, -8, 1.02) + put(cr, 412, 412, 5, 1.04) + put(tan, 516, 426, 12) + put(gr, 400, 474, 74, .96)
    + S(front, '#D9B267', 7) + S(front2, '#F0D79C', 6);
}, { hz: 330, k: 1.1, dy: -64 });

add('unt-de-casa-200g', 'lactate', () => {
  const B = [lin([['#FFF3C4', 0], ['#F8DF94', 1]], 0, 0, 1, 1), lin([['#FBE6A2', 0], ['#EBC566', 1]]), lin([['#DDB04F', 0], ['#C29238', 1]])];
  const q = cuboid(330, 458, 150, 270, 120, B, 16, .36, .27), s1 = cuboid(208, 496, 92, 30, 96, B, 10);
  const tx = 390, ty = 274; let flower = ''; const pet = sym(P('M0 0C-18 -18 -16 -44 0 -54C16 -44 18 -18 0 0Z', '#F3D27C') + S('M0 -6V-44', '#D9AC4A', 3)); for (let i = 0; i < 8; i++) flower += use(pet, `rotate(${i * 45})`);
  const paper = blob([[86, 470], [150, 400], [380, 340], [600, 330], [724, 420], [680, 500], [470, 556], [200, 564]]);
  return board(400, 534, 660, 150, 4) + shadow(410, 500, 330, 60, .35) + P(paper, lin([['#FFFBF0', 0], ['#EADFC8', 1]], 0, 0, 1, 1)) + S('M150 402L210 470L130 520M600 334L630 420L690 470', '#D8CBB0', 3, op(.8))
    + q.svg + clip(q.top, at(tx, ty, flower + E(0, 0, 13, 13, '#E3B857'), 'scale(1.36 .52) rotate(-8)') + E(tx, ty, 98, 36, 'none', ' stroke="#E3BC5E" stroke-width="5" transform="rotate(-6 390 274)"'))
    + S('M196 296L326 342L580 272', '#FFF9E0', 5, op(.7))
    + at(0, 0, shadow(600, 520, 150, 16, .5) + P('M470 520C560 500 640 486 706 474Q730 472 726 488C650 508 560 528 478 540Q462 534 470 520Z', lin([['#F8F8F4', 0], ['#9CA3A0', 1]])) + P('M706 470C750 458 800 450 850 446Q868 458 852 474C800 478 750 488 716 498Z', lin([['#B9824A', 0], ['#6B3F1A', 1]])) + grains([[750, 474], [810, 462]], '#E7D2A8', 7), 'translate(-96 44) rotate(-1)')
    + s1.svg;
}, { hz: 320, k: 1.04, dy: -44 });

// --- vegetables and fruit
const calyx = (x, y, k, a = 0) => use(sym(P('M0 0C-8 -14 -30 -18 -46 -8C-36 -2 -26 4 -16 6C-28 14 -34 28 -32 38C-20 32 -10 22 -4 12C0 22 6 36 16 42C20 30 16 18 10 8C22 12 38 10 48 2C36 -8 20 -10 8 -6C10 -18 6 -28 -4 -38C-10 -28 -8 -12 0 0Z', lin([['#7C9A55', 0], ['#415A2C', 1]])) + S('M0 0Q4 -16 14 -28', '#6B8647', 7)), `translate(${x} ${y}) rotate(${a}) scale(${k} ${n(k * .8)})`);
const RED = [['#F59A6B', 0], ['#DB4A2C', .35], ['#B32D1D', .75], ['#741610', 1]];
add('rosii-de-gradina-1kg', 'legume', () => {
  const t = 'M0 -84C40 -104 112 -92 124 -22C132 44 70 88 0 88S-132 44 -124 -22C-112 -92 -40 -104 0 -84Z';
  const tom = sym(P(t, rad(RED, .36, .28, .8)) + S('M-14 -70C-60 -66 -92 -30 -92 10M14 -70C56 -66 90 -34 92 6M-6 -66C-26 -40 -34 -10 -32 20', '#6E120C', 7, op(.22)) + E(-62, -34, 26, 16, '#fff', ' opacity=".45" transform="rotate(-28 -62 -34)"') + S('M-40 76Q10 88 66 66', '#FFB08A', 6, op(.3)));
  const put = (x, y, k, a = 0) => at(x + 10, y + 70 * k, shadow(0, 0, 130 * k, 38 * k, .65)) + use(tom, `translate(${x} ${y}) rotate(${a}) scale(${k})`) + calyx(ni(x + a * .9), ni(y - 66 * k), n(k * 1.12), a);
  const half = at(612, 470, shadow(8, 64, 120, 28, .7) + E(0, 6, 106, 82, '#9C2417') + E(0, 0, 104, 80, '#D9452B') + E(0, 0, 92, 69, '#F08A63') + [[-44, -22, -20], [42, -24, 22], [-42, 28, 24], [44, 26, -22], [0, 44, 90]].map(([x, y, a]) => at(x, y, E(0, 0, 30, 17, '#C8371F') + grains([[-12, -3], [0, 4], [12, -3]], '#FBE3A0', 7, 4, 3), `rotate(${a})`)).join('') + E(0, -4, 16, 12, '#F7B48F') + S('M-80 -36Q-50 -66 -6 -70', '#fff', 6, op(.5)));
  return board(400, 528, 660, 150, 7) + put(300, 318, .98, -6) + put(496, 322, .96, 8) + put(188, 424, .9, -10) + put(392, 432, 1.12, 3) + half + leaf(236, 520, 70, 22, -12, '#5D8043') + leaf(250, 524, 62, 20, 26, '#4A6B35') + leaf(246, 518, 56, 17, 200, '#6F9150');
}, { hz: 340, dy: -44 });

add('cartofi-noi-2kg', 'legume', () => {
  const tub = 'M-78 6C-82 -34 -44 -54 2 -52C54 -50 84 -24 80 12C76 44 30 56 -10 52C-50 50 -74 38 -78 6Z';
  const pot = sym(P(tub, rad([['#F7E2AC', 0], ['#DDB56C', .5], ['#A47A3C', .9], ['#7C5826', 1]])) + grains([[-40, -10], [-8, -26], [28, -18], [50, 8], [6, 10], [-26, 24], [24, 34]], '#8F6A30', 5, 5, 4, op(.7)) + P('M-60 22Q-30 44 10 44Q-20 52 -50 40ZM40 -36q20 4 30 20q-18 -4 -30 -20Z', '#6E4A22', op(.3)) + E(-30, -28, 20, 9, '#fff', ' opacity=".35" transform="rotate(-14 -30 -28)"'));
  const put = (x, y, a, k = 1) => at(x + 8, y + 40 * k, shadow(0, 0, 88 * k, 26 * k, .65)) + use(pot, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  const sack = 'M206 270C186 350 176 440 196 500Q204 522 240 524H540Q578 522 588 500C610 440 600 350 580 270Q394 334 206 270Z';
  const r = rng(5); let weave = ''; for (let i = 0; i < 14; i++) weave += `M${180} ${286 + i * 17}Q400 ${310 + i * 17} ${620} ${286 + i * 17}`; let v = ''; for (let i = -12; i <= 12; i++) v += `M${392 + i * 17} 276Q${392 + i * 18.5} 400 ${392 + i * 16.5} 524`;
  return shadow(420, 514, 300, 56, .8) + E(394, 270, 196, 62, '#6B4E26') + put(300, 238, -14, .98) + put(484, 236, 12, .98) + put(392, 196, 4, 1.04) + put(276, 272, 10) + put(394, 262, -8, 1.08) + put(512, 274, -16)
    + P(sack, lin([['#A5834C', 0], ['#D9BC85', .3], ['#BC9A5F', .65], ['#7E6032', 1]], 0, 0, 1, 0)) + clip(sack, S(weave, '#8A6A38', 3, op(.4)) + S(v, '#F0DBAF', 3, op(.35)) + P('M290 330Q284 420 318 520H342Q306 430 290 330ZM500 340Q516 430 486 520H464Q500 430 500 340Z', '#6B4E26', op(.22)))
    + P('M190 268C186 292 196 312 214 316Q394 366 574 316C594 310 600 290 596 266C588 254 576 256 570 264Q394 328 216 266C206 256 194 256 190 268Z', lin([['#C4A369', 0], ['#EBD6A8', .3], ['#CDAE74', .65], ['#8A6A38', 1]], 0, 0, 1, 0)) + S('M214 302Q394 352 574 302', '#8A6A38', 3, ' opacity=".5" stroke-dasharray="8 8"')
    + put(622, 490, -10, 1.05) + put(180, 506, 14, .95) + put(558, 528, 6, .8);
});

add('mere-ionatan-2kg', 'legume', () => {
  const d = 'M0 -56C40 -80 98 -60 96 6C92 56 46 86 10 76Q0 72 -10 76C-46 86 -92 56 -96 6C-98 -60 -40 -80 0 -56Z';
  const ap = sym(P(d, rad([['#F7B57A', 0], ['#D64A30', .35], ['#A3221A', .75], ['#64100E', 1]], .36, .3, .8)) + S('M-30 -46C-60 -26 -66 20 -50 54M30 -46C56 -24 62 20 46 56M-8 -40C-18 0 -16 40 -8 66', '#F4C27C', 4, op(.28)) + P('M-30 -56Q0 -30 30 -56Q14 -64 0 -56Q-14 -64 -30 -56Z', '#D9B75A') + P('M-18 -54Q0 -42 18 -54Q0 -60 -18 -54Z', '#5E2A12') + S('M0 -50Q2 -74 12 -84', '#5A3A1C', 6) + E(-46, -22, 15, 23, '#fff', ' opacity=".45" transform="rotate(20 -46 -22)"'));
  const put = (x, y, a, k = 1) => at(x + 8, y + 62 * k, shadow(0, 0, 92 * k, 28, .55)) + use(ap, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  const slat = (y, h) => P(`M128 ${y}H672V${y + h}H128Z`, lin([['#D9A766', 0], ['#C08A4A', .6], ['#9C6630', 1]], 0, 0, 1, .1)) + S(`M150 ${y + h * .35}q90 6 200 0M380 ${ni(y + h * .6)}q120 -6 260 0M220 ${ni(y + h * .75)}q60 4 130 0`, '#8F5A28', 2, op(.5)) + P(`M128 ${y + h - 5}H672V${y + h}H128Z`, '#6F4119', op(.5));
  return shadow(420, 524, 340, 50, .85) + P('M150 330H650L664 516H136Z', '#4A2C12') + P('M150 322H650V342H150Z', '#8F5A28')
    + put(230, 290, -10) + put(400, 270, 6, 1.04) + put(566, 288, 10) + put(314, 234, 8, .96) + put(488, 232, -10, .96) + put(212, 350, 12) + put(338, 352, -8, 1.04) + put(466, 350, 10, 1.04) + put(588, 352, -6)
    + slat(388, 58) + slat(458, 62) + P('M128 376H160V530H128ZM640 376H672V530H640Z', lin([['#C08A4A', 0], ['#8F5A28', 1]])) + grains([[144, 404], [144, 432], [144, 474], [144, 504], [656, 404], [656, 432], [656, 474], [656, 504]], '#4A2C12', 7)
    + leaf(492, 164, 74, 20, -28, '#5D8043') + leaf(408, 194, 62, 17, -152, '#6F9150');
});

add('ardei-capia-1kg', 'legume', () => {
  const d = 'M-214 26C-206 -4 -176 -22 -130 -34C-60 -52 30 -84 108 -86C156 -86 184 -54 186 -8C186 44 164 84 112 88C30 92 -90 84 -160 70C-196 62 -220 48 -214 26Z';
  const pep = sym(P(d, lin([['#F4693F', 0], ['#D23822', .32], ['#A6231A', .72], ['#651210', 1]], .3, 0, .42, 1)) + S('M-168 14C-90 -6 20 -50 112 -52', '#FFB794', 17, op(.6)) + S('M-170 44C-60 50 70 40 166 -2', '#5E0F0C', 9, op(.32)) + S('M-60 70C30 76 100 70 140 44', '#FF8A66', 6, op(.35))
    + P('M132 -80C176 -84 204 -50 202 -4C202 42 184 76 142 80C162 60 150 50 160 30C170 10 156 -8 160 -26C164 -48 150 -60 132 -80Z', lin([['#8DAA5B', 0], ['#456430', 1]])) + S('M194 -4Q226 -10 250 -40', '#5E7D3D', 19) + S('M196 -10Q224 -18 244 -42', '#A9C27A', 5));
  const put = (x, y, a, k = 1, f = 1) => at(x, y, shadow(0, 70 * k, 220 * k, 40, .6), `rotate(${a})`) + use(pep, `translate(${x} ${y}) rotate(${a}) scale(${n(k * f * 100) / 100} ${k})`);
  return board(400, 548, 690, 210, 9) + put(290, 310, 18, .9, -1) + put(516, 306, -20, .9) + put(252, 410, 3, .9, -1) + put(556, 414, -6, .92) + put(404, 478, 4, .98, -1);
}, { hz: 290, k: .95, dy: -44 });

add('morcovi-cu-frunze-600g', 'legume', () => {
  const d = 'M0 -32C44 -40 60 -36 100 -31C180 -22 260 -8 318 8C330 12 330 18 318 19C250 28 170 38 96 40C44 42 6 38 -6 24C-14 4 -12 -22 0 -32Z';
  const car = sym(P(d, lin([['#F9AE5A', 0], ['#E8792A', .4], ['#B9501A', 1]])) + S('M40 -34q6 10 2 20M96 -30q-4 8 0 15M150 -22q5 8 1 16M84 40q-6 -10 -1 -18M170 32q-5 -8 0 -14M220 -10q4 6 1 12M236 24q-3 -5 0 -9', '#9C4012', 4, op(.6)) + S('M14 -16C100 -22 180 -12 262 6', '#FFDCA4', 8, op(.6)) + E(0, -4, 9, 26, '#7E5A22', op(.6)));
  const fr = l => { let s = 'M0 0Q-70 -12 -200 0'; for (let i = 0; i < 8; i++) { const x = -56 - i * 18, q = (40 - i * 3) * l; s += `M${x} -6l-22 ${ni(-q)}M${x - 10} ${ni(-6 - q * .5)}l-22 -4m22 4l2 ${ni(-q * .5)}M${x} -2l-22 ${ni(q)}M${x - 10} ${ni(-2 + q * .5)}l-22 4m22 -4l2 ${ni(q * .5)}`; } return s; };
  const f1 = sym(S(fr(1), '#55773B', 6)), f2 = sym(S(fr(.9), '#7E9E55', 5));
  const put = (x, y, a, k = 1) => at(x, y, shadow(160, 34, 180, 26, .55), `rotate(${a})`) + use(car, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  return board(420, 534, 660, 168, 10) + shadow(190, 440, 190, 90, .3) + use(f1, 'translate(300 400) rotate(34)') + use(f2, 'translate(300 390) rotate(52)') + use(f1, 'translate(300 400) rotate(-22)') + use(f2, 'translate(306 410) rotate(-40) scale(.9)') + use(f1, 'translate(300 396) rotate(16) scale(1.12)') + use(f2, 'translate(300 402) rotate(-4) scale(1.16)')
    + put(320, 342, -18, .98) + put(316, 372, -7) + put(312, 404, 3, 1.04) + put(316, 436, 13) + put(328, 462, 19, .84) + put(334, 392, -2, 1.02)
    + S('M318 330C296 360 292 430 322 470', '#A9743A', 9) + S('M330 328C308 360 304 432 336 468', '#C79656', 9) + S('M308 400q-46 -20 -52 6q12 22 52 -6l-34 44m34 -44l-10 60', '#C79656', 6);
}, { hz: 290, k: 1.06, dx: 4, dy: -60 });

// --- pantry
add('zacusca-de-vinete-300g', 'camara', () => {
  const bits = grains(scatter(3, 21, 334, 370, 110, 120, 20), '#F0A14A', 13, 9, 2, op(.7)) + grains(scatter(4, 9, 334, 370, 110, 120, 24), '#7E1F12', 10, 8, 4, op(.6));
  const slice = 'M470 452C440 420 452 380 500 372C560 360 650 366 676 390C700 416 690 446 668 456C672 500 660 520 620 524C570 530 520 530 494 520C472 508 470 480 470 452Z', cr = 'M484 446C462 422 468 394 506 386C560 376 640 380 664 400C680 420 672 440 652 448C656 488 648 506 614 510C572 515 524 515 504 507C486 496 486 474 484 446Z';
  const egg = at(150, 452, shadow(10, 58, 120, 26, .7) + P('M-96 -34C-70 -64 -10 -62 40 -40C84 -22 106 10 96 38C84 62 40 62 0 50C-50 36 -104 12 -96 -34Z', rad([['#8D6FA0', 0], ['#4B2F5C', .45], ['#21122B', 1]], .36, .2, .8)) + P('M-104 -56C-84 -66 -56 -56 -46 -40C-60 -34 -66 -22 -84 -24C-92 -14 -102 -4 -104 4C-114 -14 -116 -40 -104 -56Z', '#6A8A45') + S('M-102 -40Q-120 -58 -122 -78', '#6A8A45', 12) + S('M-40 -34Q20 -34 60 -4', '#fff', 9, op(.4)), 'rotate(16)');
  const spread = blob([[506, 432], [500, 402], [560, 394], [630, 402], [654, 418], [634, 444], [640, 480], [600, 498], [540, 494], [512, 478]]);
  return egg + jar(334, 506, 240, 310, { c: ['#E8743A', '#CC4E22', '#8A2A12'], cap: 'lid', bits, mark: C.tomato })
    + shadow(590, 512, 150, 34, .7) + P(slice, lin([['#B4682A', 0], ['#7A4219', 1]])) + P(cr, rad([['#FBEBC4', 0], ['#EFD29A', 1]], .4, .4, .7)) + clip(cr, holes(9, 14, 575, 446, 98, 64, '#C99F59', .5, 7))
    + P(spread, '#8A2A12', ' opacity=".5" transform="translate(3 6)"') + P(spread, rad([['#F08A4A', 0], ['#D2552A', .6], ['#A63A18', 1]])) + clip(spread, grains(scatter(13, 14, 575, 446, 70, 44, 17), '#F7B05C', 10, 9, 2, op(.8)) + grains(scatter(14, 9, 575, 446, 70, 44, 20), '#7E1F12', 8, 8, 4, op(.6))) + S('M522 416q40 -16 80 -8', '#FFE0B0', 6, op(.7)) + leaf(584, 432, 46, 15, -30, '#55703F') + leaf(590, 436, 42, 13, 36, '#6F9150');
});

const cherry = (x, y, k = 1) => use(sym(shadow(6, 40, 52, 16, .7) + ball(0, 0, 46, 44, '#E8604E', '#A3141F', '#4A050E') + E(-16, -16, 9, 12, '#fff', ' opacity=".6" transform="rotate(24 -16 -16)"') + P('M-14 -38Q0 -28 14 -38Q0 -44 -14 -38Z', '#3F040B', op(.7))), `translate(${x} ${y}) scale(${k})`);
add('dulceata-de-visine-350g', 'camara', () => {
  const b = scatter(12, 20, 330, 390, 108, 116, 38), bits = spots(b.map(([x, y]) => [x, y, 30, 28]), '#3A020C', .85) + grains(b.map(([x, y]) => [x - 9, y - 10]), '#F08A80', 9, 3, 2, op(.5));
  return jar(330, 506, 240, 318, { c: ['#B3202C', '#86101E', '#4A0612'], cap: '#A3323A', bits, mark: '#8F1B26' })
    + S('M560 420C566 360 590 300 640 262M628 438C632 370 640 310 640 262', '#6A7F3E', 6) + leaf(640, 264, 92, 26, 14, '#5D8043') + leaf(640, 262, 70, 20, -52, '#6F9150')
    + cherry(558, 458, 1.12) + cherry(636, 474, 1.15) + cherry(492, 500, .92) + cherry(174, 496, 1) + cherry(716, 510, .8) + S('M174 456Q160 410 126 392', '#6A7F3E', 5);
});

add('magiun-de-prune-350g', 'camara', () => {
  const plum = sym(P('M-92 8C-94 -36 -46 -62 4 -60C58 -58 94 -28 92 8C90 44 48 60 0 60S-90 46 -92 8Z', rad([['#9C94C4', 0], ['#544A82', .4], ['#2C2450', .8], ['#17102E', 1]], .36, .25, .8)) + S('M86 -8Q20 -26 -70 -8', '#17102E', 5, op(.4)) + glow(-24, -24, 52, 26, '#D5D2EE', .6) + S('M90 -4Q104 -10 112 -24', '#6B4A2A', 6));
  const half = at(566, 500, shadow(6, 40, 110, 24, .7) + E(0, 6, 88, 50, '#2C2450') + E(0, 0, 84, 46, rad([['#F7D27A', 0], ['#E3A343', .6], ['#A8562A', 1]], .45, .45, .6)) + E(0, 2, 36, 18, '#7E4A1E') + E(-3, -2, 32, 15, rad([['#B98449', 0], ['#7E4A1E', 1]])), 'rotate(-6)');
  const put = (x, y, a, k = 1) => at(x + 8, y + 46 * k, shadow(0, 0, 100 * k, 28 * k, .7)) + use(plum, `translate(${x} ${y}) rotate(${a}) scale(${k})`);
  return put(166, 470, -12, .9) + jar(348, 506, 240, 318, { c: ['#5E2A33', '#3E1722', '#1E0910'], cap: '#5A5088', mark: '#4A3F78', bits: glow(300, 300, 120, 60, '#8A4550', .5) + S('M240 330Q330 310 450 336M240 470Q340 450 450 474', '#7A3A44', 7, op(.4)) })
    + put(584, 420, -18) + put(668, 470, 14, .9) + half + leaf(690, 386, 74, 22, -24, '#6F9150') + leaf(640, 372, 60, 18, -130, '#55703F');
});

/** Twig of acacia: one feathered leaf, a few white blossoms. */
function acacia() {
  let lf = ''; for (let i = 0; i < 5; i++) { const x = 16 + i * 25; lf += `M${x} 0q-10 -20 8 -36q20 14 -8 36q-10 20 8 36q20 -14 -8 -36`; }
  const b = sym(P('M0 0C-22 -8 -24 -30 -6 -32C-2 -42 18 -40 18 -26C30 -20 22 0 0 0Z', '#FFFEF6', ' stroke="#CFC59E" stroke-width="2"') + P('M0 0C-8 -8 -4 -18 4 -18C12 -16 10 -6 0 0Z', '#E4CF7A'));
  return at(50, 436, P(lf + 'M136 0q20 -18 40 0q-20 18 -40 0', lin([['#86A65C', 0], ['#506F38', 1]])) + S('M-10 -6Q60 0 140 0', '#6A7F3E', 4), 'rotate(32)')
    + S('M54 500Q110 516 176 526', '#6A7F3E', 4) + [[72, 508, -36], [102, 516, -6], [92, 522, 150], [138, 524, 16], [128, 530, 172]].map(([x, y, a]) => use(b, `translate(${x} ${y}) rotate(${a})`)).join('');
}
add('miere-de-salcam-400g', 'camara', () => {
  const hex = sym(P('M24 0L12 17H-12L-24 0L-12 -17H12Z', lin([['#B36E10', 0], ['#F6B93B', 1]]), ' stroke="#FBE08C" stroke-width="5"'));
  let cells = ''; for (let i = 0; i < 4; i++) for (let j = 0; j < 3; j++) cells += `<use href="#${hex}" x="${524 + i * 46}" y="${450 + j * 42 + (i % 2) * 21 - i * 6}"/>`;
  const comb = 'M484 420L700 396L728 486L690 548L520 552L478 500Z';
  const drip = at(560, 236, S('M40 -34L176 -176', '#A9743A', 17) + S('M36 -36L172 -178', '#D9A766', 5) + G([-44, -22, 0, 22, 44].map((t, i) => E(t, 0, 11, [26, 38, 42, 38, 26][i], lin([['#E0AE6C', 0], ['#A36B30', .6], ['#7A4A1C', 1]]))).join(''), ' transform="rotate(-46)"'));
  const honey = 'M520 268C530 300 552 306 556 340C560 380 554 400 560 430Q568 444 574 428C580 396 570 370 576 330C586 300 600 268 604 240C590 262 560 286 520 268Z';
  return jar(322, 506, 250, 300, { c: ['#FFD768', '#F0AC2E', '#B36E10'], cap: 'lid', mark: '#B36E10', bits: glow(280, 320, 90, 140, '#FFF0B0', .8) + grains([[390, 270], [404, 304], [262, 300], [300, 262]], '#FFF6CE', 10, 0, 1, op(.8)) })
    + shadow(610, 536, 160, 40, .7) + P(comb, '#A8650F', ' transform="translate(4 16)"') + P(comb, lin([['#F8C755', 0], ['#E09B26', 1]], 0, 0, 1, 1), ' stroke="#E9B040" stroke-width="10" stroke-linejoin="round"') + clip(comb, cells)
    + P(honey, lin([['#FFD768', 0], ['#E79C1C', 1]], 0, 0, 1, 0), op(.94)) + E(568, 436, 40, 11, '#FFD768', op(.75)) + drip + S('M548 300Q560 330 562 400', '#FFF3BE', 5)
    + acacia();
});

add('sirop-de-soc-500ml', 'camara', () => {
  const b = 'M262 250C262 214 296 206 300 172V116H364V172C368 206 402 214 402 250V486Q402 512 372 514Q332 520 292 514Q262 512 262 486Z', inn = 'M272 262C274 230 306 214 310 186V180H354V186C358 214 390 230 392 262V484Q392 502 370 504Q332 510 294 504Q272 502 272 484Z';
  const fl = sym(P('M0 -3C-5 -13 5 -13 0 -3C9 -9 13 1 3 1C11 8 3 14 0 4C-3 14 -11 8 -3 1C-13 1 -9 -9 0 -3Z', '#FFFEF6', ' stroke="#D8D2A8" transform="scale(1.15)"') + `<circle r="3" fill="#E3C75A"/>`);
  const um = sym(S('M0 120Q4 70 0 30M0 56Q-50 34 -78 0M0 56Q50 34 78 0M0 50Q-26 20 -34 -22M0 50Q26 20 34 -22', '#7E9455', 4) + glow(0, -6, 104, 48, '#FFFDE8', .9) + scatter(4, 34, 0, -8, 92, 38, 15).map(([a, c]) => `<use href="#${fl}" x="${ni(a)}" y="${ni(c)}"/>`).join(''));
  const glass = 'M474 330L492 496Q494 512 520 514H588Q612 512 614 496L632 330Z', liq = 'M485 368L498 492Q500 504 522 505H586Q606 504 608 492L622 368Z';
  return shadow(370, 508, 180, 38, .8) + P(b, '#FFFDF7', op(.8)) + P(inn, lin([['#C9A436', 0], ['#F0DA82', .28], ['#FBF0B8', .45], ['#E0C25A', .75], ['#A9842A', 1]], 0, 0, 1, 0))
    + P('M272 316Q332 330 392 316V446Q332 460 272 446Z', lin([['#EADCC2', 0], ['#FFF9EC', .35], ['#E3D2B4', 1]], 0, 0, 1, 0)) + at(332, 390, mark('#6E7F3A'), 'scale(.92)') + S('M278 328Q332 340 386 328M278 438Q332 450 386 438', '#6E7F3A', 3, op(.7)) + S('M284 262Q288 240 310 222', '#fff', 9, op(.6)) + S('M284 470V490', '#fff', 9, op(.5))
    + P('M292 120Q332 132 372 120V142Q332 154 292 142Z', '#B9B4A6') + P('M304 84Q332 74 360 84V118Q332 128 304 118Z', lin([['#E8E0D0', 0], ['#FFFDF7', .4], ['#BFB5A2', 1]], 0, 0, 1, 0)) + S('M300 132C286 110 290 90 304 96M364 132C378 110 374 90 360 96', '#8C877A', 5) + E(332, 122, 26, 7, '#C2410C')
    + shadow(570, 510, 120, 30, .7) + P(glass, '#fff', op(.45)) + P(liq, lin([['#F3E6A4', 0], ['#FBF5D0', .4], ['#E3CE78', 1]], 0, 0, 1, 0), op(.95)) + at(566, 424, ball(0, 0, 44, 42, '#F6E27A', '#E9C93F', '#C9A320') + E(0, 0, 37, 35, '#FFF8D0') + P([0, 60, 120, 180, 240, 300].map(a => `M0 0L${ni(Math.cos((a - 22) * .01745) * 31)} ${ni(Math.sin((a - 22) * .01745) * 30)}L${ni(Math.cos((a + 22) * .01745) * 31)} ${ni(Math.sin((a + 22) * .01745) * 30)}Z`).join(''), '#F3DC62', ' stroke="#F3DC62" stroke-width="3" stroke-linejoin="round"'), 'rotate(14)') + E(553, 368, 68, 13, '#FBF5D0') + P('M516 372l34 -8l14 26l-32 10ZM576 362l30 6l-6 26l-30 -8Z', '#fff', op(.6)) + E(553, 330, 79, 15, 'none', ' stroke="#fff" stroke-width="4" opacity=".8"') + S('M492 352L506 480', '#fff', 8, op(.6))
    + shadow(190, 520, 110, 18, .6) + leaf(236, 518, 100, 24, -176, '#55703F') + leaf(240, 514, 96, 22, -146, '#6F9150') + use(um, 'translate(158 408) rotate(-30)') + shadow(690, 524, 64, 12, .6) + use(um, 'translate(704 470) rotate(34) scale(.62)');
});

// ---------------------------------------------------------------- house pictures
function placeholder() {
  return `<path d="M0 0h800v600H0z" fill="#EFE3CE"/>` + glow(180, 80, 560, 420, '#FFFDF7', .7) + P('M104 600V346C104 170 236 44 400 44S696 170 696 346V600Z', '#F7EFE0', op(.8))
    + wheat(372, 336, -80, 1.6) + wheat(446, 362, -62, 1.25) + wheat(318, 366, -101, 1.25);
}


/** The oven on the right, calm wall on the left for a headline. */
function hero() {
  const cx = 856, base = 452, hole = `M${cx - 172} ${base}V322A172 172 0 0 1 ${cx + 172} 322V${base}Z`;
  const body = `M560 ${base + 26}V330C560 150 690 44 ${cx} 44S1152 150 1152 330V${base + 26}Z`;
  const ringP = `M${cx - 200} ${base}V322A200 200 0 0 1 ${cx + 200} 322V${base}`;
  const flame = sym(P('M0 0C-40 -2 -58 -34 -44 -68C-36 -90 -14 -100 -16 -142C14 -124 22 -104 26 -86C34 -94 36 -104 34 -114C56 -90 60 -58 50 -32C42 -10 24 2 0 0Z', lin([['#F4A03A', 0, .8], ['#F08A2C', .4], ['#D2481A', 1]])) + P('M2 0C-20 0 -30 -18 -22 -38C-16 -54 -2 -58 0 -82C16 -66 32 -44 28 -22C24 -6 14 0 2 0Z', lin([['#FFF3C0', 0], ['#FBC853', 1]])));
  const lg = sym(P('M-86 -17H86V17H-86Q-96 0 -86 -17Z', lin([['#5A3720', 0], ['#2B1710', 1]])) + E(86, 0, 9, 17, '#C98A4C') + E(86, 0, 5, 10, '#8A5527') + S('M-76 12H60M-56 5H26', '#F06A1E', 5, op(.9))), log = (x, y, k, a) => use(lg, `translate(${x} ${y}) rotate(${a}) scale(${k} 1)`);
  const emb = scatter(7, 26, cx - 8, base - 12, 156, 18, 16);
  const bag = baguette(true), cov = ring('#FFF3D2', 8, 7, 100, 26);
  let plank = ''; const r = rng(3); for (let i = 0; i < 5; i++) plank += `M${ni(r() * 1100)} ${ni(566 + r() * 100)}q${ni(50 + r() * 60)} ${ni(r() * 6 - 3)} ${ni(120 + r() * 120)} 0`;
  return P('M0 0h1200v675H0z', lin([['#FCF6EA', 0], ['#F8EBD3', .5], ['#EBD2A8', 1]], 0, 0, 1, .25)) + glow(240, 180, 620, 420, '#FFFEFA', .9)
    + glow(1010, 330, 330, 330, '#3A2616', .22) + P(body, rad([['#FFF9EC', 0], ['#F4E5C9', .5], ['#D9BE92', 1]], .34, .2, .85))
    + glow(cx, 330, 330, 300, '#F9A94F', .45)
    + `<g fill="none" stroke-linecap="butt"><path d="${ringP}" stroke="#C9A077" stroke-width="60"/><path d="${ringP}" stroke="${lin([['#CF7A48', 0], ['#B4572C', .5], ['#8F3F1D', 1]], 0, 0, 1, .6)}" stroke-width="54" stroke-dasharray="44.5 5"/><path d="${ringP}" stroke="#FFDCAE" stroke-width="54" stroke-dasharray="44.5 54.5" opacity=".16"/></g>`
    + P(hole, rad([['#9A3A12', 0], ['#4A1D0D', .45], ['#1E120D', 1]], .5, .95, .85)) + clip(hole,
      glow(cx, base - 20, 220, 150, '#FF8A2C', .9) + use(flame, `translate(${cx - 72} ${base - 16}) scale(.9 1.05)`) + use(flame, `translate(${cx + 56} ${base - 18}) scale(-1 1.2)`) + use(flame, `translate(${cx - 8} ${base - 12}) scale(1.2 1.4)`)
      + log(cx - 40, base - 26, 1.1, 5) + log(cx + 54, base - 30, .98, -8) + log(cx - 6, base - 50, .82, 2)
      + spots([[cx - 90, base - 6, 70, 22], [cx + 10, base - 4, 90, 24], [cx + 100, base - 6, 70, 20]], '#FF8A2C', .95) + G(grains(emb, '#7E220A', 19, 16, 2) + grains(emb, '#F06A1E', 11, 16, 2) + grains(emb.slice(4, 16), '#FFC65E', 6, 9, 4), ' stroke-linecap="butt"') + glow(cx, base - 4, 190, 30, '#FF8A2C', .65)
      + grains([[cx - 60, 300], [cx + 34, 268], [cx + 72, 310]], '#FFC060', 4))
    + S(`M${cx - 172} ${base}V322A172 172 0 0 1 ${cx + 172} 322`, '#2B120A', 6, op(.5))
    + P(`M536 ${base - 2}H1176Q1184 ${base - 2} 1184 ${base + 8}V${base + 30}H528V${base + 8}Q528 ${base - 2} 536 ${base - 2}Z`, lin([['#E6D2AE', 0], ['#BE9A6B', 1]])) + glow(cx, base + 6, 230, 12, '#F9A94F', .9)
    + P(`M552 ${base + 30}H1160V560H552Z`, lin([['#C9A878', 0], ['#E2C89C', .4], ['#CBA97A', 1]])) + S('M552 516H1160M780 484v32M930 484v32M1070 484v32M860 516v32M1000 516v32M1110 516v32', '#A9834F', 3, op(.4)) + P(`M552 ${base + 30}H1160V${base + 48}H552Z`, '#6F4119', op(.25))
    + P('M0 548h1200v127H0z', lin([['#E3BE86', 0], ['#CFA063', .5], ['#B5834A', 1]])) + P('M0 548h1200v5H0z', '#FBE6BE', op(.7)) + S(plank, '#9A6A34', 2, op(.35)) + glow(200, 590, 460, 50, '#FFF4DC', .5) + glow(cx, 560, 330, 40, '#F9A94F', .35)
    + at(640, 0, board(230, 628, 640, 92, 5))
    + shadow(960, 590, 200, 26, .8) + use(bag, 'translate(965 546) rotate(-9) scale(.56 .62)') + use(bag, 'translate(985 586) rotate(-5) scale(.56 .62)')
    + shadow(738, 608, 150, 24, .9) + boule(728, 574, 256, 172, true)
    + shadow(912, 628, 70, 16, .8) + use(cov, 'translate(888 590) scale(.54)') + use(cov, 'translate(976 604) rotate(8) scale(.52)')
    + wheat(560, 626, -10, .9) + wheat(520, 650, -3, .8);
}
/** The mark of the house: an arch of five bricks, a flame under it. Box 40 x 40. */
const logo = () => `<path d="M5.5 36V20A14.5 14.5 0 0 1 34.5 20V36" fill="none" stroke="#C2410C" stroke-width="7" stroke-linecap="butt" stroke-dasharray="10.2 1.4"/>`
  + P('M20.6 12.500C21.4 17.5 27.5 19.5 27.5 27.200C27.5 32.4 24.2 36 20 36S12.5 32.4 12.5 27.600C12.5 24.2 14.4 22.2 15.8 20.200C16.3 22 17 23 18 23.600C17.6 19.4 18.6 15.2 20.6 12.500Z', '#E0701E') + P('M20.2 24.500C20.8 27 23.6 28.2 23.6 31.600C23.6 34.3 22 36 20 36S16.4 34.3 16.4 31.800C16.4 28.8 19.4 27.6 20.2 24.500Z', '#F6DE9C');
const favicon = () => P('M1 31V16A15 15 0 0 1 31 16V31Z', '#C2410C') + P('M6.5 31V16A9.5 9.5 0 0 1 25.5 16V31Z', '#2B211B') + P('M16.5 7.500C17 12.5 23 14.5 23 22C23 27.5 20 31 16 31S9 27.5 9 22.600C9 19 11 17 12.3 15C12.8 17 13.5 18 14.5 18.600C14.2 14.5 14.8 10.5 16.5 7.500Z', '#F0862B') + P('M16.2 19.500C16.8 22.5 19.6 23.6 19.6 27C19.6 29.5 18 31 16 31S12.4 29.5 12.4 27.200C12.4 24 15.4 22.8 16.2 19.500Z', '#F6DE9C');

// ---------------------------------------------------------------- write
/** Shortens path data and draws a long outline that is needed twice from one definition. */
function shrink(body, defs) {
  const tidy = t => t.replace(/ d="([^"]*)"/g, (_, d) => ` d="${d.replace(/ -/g, '-').replace(/(^|[^0-9])0\.(\d)/g, '$1.$2')}"`);
  let all = tidy(defs) + '\0' + tidy(body), k = 0, extra = '';
  const seen = new Map();
  for (const [, d] of all.matchAll(/<path d="([^"]{45,})"/g)) seen.set(d, (seen.get(d) || 0) + 1);
  for (const [d, times] of seen) if (times > 1) { const id = 'p' + k++; extra += `<path id="${id}" d="${d}"/>`; all = all.replaceAll(`<path d="${d}"`, `<use href="#${id}"`); }
  return [extra, ...all.split('\0')];
}
const svg = (w, h, draw) => { D = new Map(); const raw = draw(), [extra, defs, body] = shrink(raw, [...D.values()].map(v => v.text).join(''));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" stroke-linecap="round">${extra + defs ? `<defs>${extra}${defs}</defs>` : ''}${body}</svg>\n`.replace(/="0\.(\d)/g, '=".$1').replace(/ scale\(1\)| rotate\(0\)/g, '').replace(/([( ])(-?)0\.(\d)/g, '$1$2.$3'); };
function write(path, w, h, draw, max) {
  const text = svg(w, h, draw);
  if (/NaN|undefined/.test(text)) throw new Error(path);
  writeFileSync(join(PUBLIC, path), text);
  if (Buffer.byteLength(text) > max) console.warn(`${path}: ${Buffer.byteLength(text)} bytes, more than ${max}`);
}
const only = process.argv[2] || '';
mkdirSync(join(PUBLIC, 'pictures'), { recursive: true });
for (const [slug, draw] of Object.entries(pics)) if (slug.includes(only)) write(`pictures/${slug}.svg`, 800, 600, draw, 7168);
if ('placeholder'.includes(only)) write('pictures/placeholder.svg', 800, 600, placeholder, 7168);
if ('hero'.includes(only)) write('pictures/hero.svg', 1200, 675, hero, 14336);
if ('logo'.includes(only)) write('logo.svg', 40, 40, logo, 2048);
if ('favicon'.includes(only)) write('favicon.svg', 32, 32, favicon, 2048);
