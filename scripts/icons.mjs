#!/usr/bin/env node
// node scripts/icons.mjs: draws the app's icons anew from the mark below; what it writes is part of the repository.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { projectRoot } from './build.mjs';

// The same mark as in the window's corner (renderer/app/seedloom-mark.tsx), in the colours of the dark theme.
const threads = (width) => `
  <g fill="none" stroke-linecap="round" stroke-width="${width}">
    <path d="M2 6.5c5 0 4 7 8 7s3-7 8-7" stroke="#8aa4ff"/>
    <path d="M2 13.5c5 0 4-7 8-7s3 7 8 7" stroke="#b4b4b8"/>
  </g>
  <circle cx="10" cy="10" r="2.4" fill="#f2b04a"/>`;

const appIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024">
  <rect x="64" y="64" width="896" height="896" rx="200" fill="#1a1a1c"/>
  <rect x="66" y="66" width="892" height="892" rx="198" fill="none" stroke="#ffffff" stroke-opacity="0.1" stroke-width="4"/>
  <svg x="152" y="152" width="720" height="720" viewBox="0 0 20 20">${threads(1.5)}</svg>
</svg>`;

const trayIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${threads(2)}</svg>`;

const draw = (svg, size, ...path) =>
  sharp(Buffer.from(svg.replace('<svg ', `<svg width="${size}" height="${size}" `)))
    .resize(size, size)
    .png({ compressionLevel: 9, palette: size > 64 })
    .toFile(join(projectRoot, ...path));

await mkdir(join(projectRoot, 'build'), { recursive: true });
await mkdir(join(projectRoot, 'electron', 'icons'), { recursive: true });
await draw(appIcon, 1024, 'build', 'icon.png');
await draw(appIcon, 128, 'electron', 'icons', 'window.png');
await draw(trayIcon, 32, 'electron', 'icons', 'tray.png');
