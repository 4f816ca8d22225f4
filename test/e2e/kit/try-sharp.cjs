// Started by Electron as a utility process, as the engine host is: what its sharp makes of each format.
const { createRequire } = require('node:module');

async function tryFormats(engineHost, file) {
  const load = createRequire(engineHost);
  // The engine host has both in one process.
  load('lmdb');
  const sharp = load('sharp');
  const results = {};
  for (const name of ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif']) {
    const known = sharp.format[name === 'avif' ? 'heif' : name];
    results[name] = { reads: known?.input?.buffer === true, writes: known?.output?.buffer === true };
    if (!results[name].writes) continue;
    const made = await sharp(file).resize(320, 200, { kernel: 'lanczos3' }).toFormat(name).toBuffer();
    const { data, info } = await sharp(made).raw().toBuffer({ resolveWithObject: true });
    results[name].size = [info.width, info.height];
    results[name].mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  }
  return results;
}

process.parentPort.once('message', ({ data: { engineHost, file } }) => {
  tryFormats(engineHost, file).then(
    (value) => process.parentPort.postMessage({ value }),
    (error) => process.parentPort.postMessage({ error: String(error.stack) }),
  );
});
