// Compiles frontend/ into static/build/: one stylesheet, one module, one tiny script, the fonts.
import { gzipSync } from 'node:zlib';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileAsync } from 'sass';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = (...parts) => join(root, 'frontend', ...parts);
const to = (...parts) => join(root, 'static', 'build', ...parts);
const typeface = join(root, 'node_modules', '@fontsource', 'source-sans-3');

// Latin is on every page; a browser fetches the others only when a letter needs them.
const subsets = ['latin', 'latin-ext', 'cyrillic'];
const weights = [400, 600];
const fontFile = (subset, weight) => `source-sans-3-${subset}-${weight}-normal.woff2`;

// Bytes after gzip that a cold page may cost.
const limits = { 'main.css': 16_000, 'main.js': 8_000, 'enabled.js': 500 };

async function fontFaces() {
  const ranges = JSON.parse(await readFile(join(typeface, 'unicode.json'), 'utf8'));
  const face = (subset, weight) =>
    `@font-face{font-family:"Source Sans 3";font-style:normal;font-weight:${weight};font-display:swap;` +
    `src:url(fonts/${fontFile(subset, weight)}) format("woff2");unicode-range:${ranges[subset]}}`;
  return subsets.flatMap((subset) => weights.map((weight) => face(subset, weight))).join('');
}

// Variants and parts of the stock components that no template of ours draws.
const undrawn =
  /\.govuk-(service-navigation(__toggle|__service-name|__inlining|--inverse)|notification-banner__link|summary-card__action|summary-list__actions-list|pagination(--block|__link-label)|(back-link|breadcrumbs)--inverse|breadcrumbs--collapse|(checkboxes|radios)__divider)/;

function withoutUndrawn(css) {
  const kept = css.replace(/([^{}]+)\{[^{}]*\}/g, (rule, selectors) =>
    selectors.split(',').every((selector) => undrawn.test(selector)) ? '' : rule,
  );
  return kept.replace(/@(media|supports)[^{}]+\{\}/g, '');
}

async function styles() {
  const { css } = await compileAsync(from('scss', 'main.scss'), {
    loadPaths: [join(root, 'node_modules')],
    style: 'compressed',
    quietDeps: true,
  });
  // Sass puts a byte order mark before non-ASCII output; it must stay first, so drop it and keep the charset rule.
  const rules = css
    .replace(/^\uFEFF/, '')
    .replace(/^@charset "UTF-8";/, '')
    .replaceAll(/@media print\{[^{}]*\{font-family:inherit\}\}/g, ''); // each component says again what already holds
  await writeFile(to('main.css'), `@charset "UTF-8";${await fontFaces()}${withoutUndrawn(rules)}`);
}

async function scripts() {
  const shared = { bundle: true, minify: true, legalComments: 'none', outdir: to(), logLevel: 'warning' };
  await build({ ...shared, entryPoints: [from('js', 'main.js')], format: 'esm', target: 'es2020' });
  await build({ ...shared, entryPoints: [from('js', 'enabled.js')], format: 'iife', target: 'es2017' });
}

async function fonts() {
  await mkdir(to('fonts'), { recursive: true });
  await copyFile(join(typeface, 'LICENSE'), to('fonts', 'LICENSE.txt'));
  const names = subsets.flatMap((subset) => weights.map((weight) => fontFile(subset, weight)));
  await Promise.all(names.map((name) => copyFile(join(typeface, 'files', name), to('fonts', name))));
}

async function report(name) {
  const content = await readFile(to(name));
  const zipped = gzipSync(content, { level: 9 }).length;
  console.log(`${name.padEnd(12)} ${String(content.length).padStart(7)} bytes ${String(zipped).padStart(6)} gzipped`);
  if (zipped > limits[name]) throw new Error(`${name} is over its limit of ${limits[name]} bytes gzipped`);
}

await rm(to(), { recursive: true, force: true });
await mkdir(to(), { recursive: true });
await Promise.all([styles(), scripts(), fonts(), copyFile(from('icon.svg'), to('icon.svg'))]);
for (const name of Object.keys(limits)) await report(name);
