// Put into `resources/app` of an Electron that has no default app, so that `electron <folder> [arguments]` works.
// Does what the default app of a normal Electron does: name, version and path of the app, then its main file.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve, join } = require('node:path');

function readArguments() {
  const required = [];
  const rest = process.argv.slice(1);
  for (let index = 0; index < rest.length; index += 1) {
    const argument = rest[index];
    if (argument === '-r' || argument === '--require') {
      index += 1;
      required.push(rest[index]);
    } else if (!argument.startsWith('-')) {
      return { folder: resolve(argument), required };
    }
  }
  return { folder: undefined, required };
}

function start() {
  const { folder, required } = readArguments();
  if (folder === undefined) throw new Error('usage: electron [options] <app folder> [arguments]');
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  app.setName(description.productName ?? description.name);
  app.setVersion(description.version);
  app.setAppPath(folder);
  if (typeof description.desktopName === 'string') app.setDesktopName(description.desktopName);
  for (const path of required) Module._load(path, Module, true);
  Module._load(
    Module._resolveFilename(join(folder, description.main ?? 'index.js'), null, true),
    Module,
    true,
  );
}

try {
  start();
} catch (error) {
  console.error(error.stack ?? String(error));
  app.exit(1);
}
