import { createEngine } from '#engine/engine';
import { openPicture } from '#engine/pictures/open-picture';
import { nodes } from '#nodes/catalogue';
import { imageHosts, podHosts, providers } from '#providers/catalogue';
import type { ToEngine } from '../engine-calls';
import { serveEngine } from './serve-engine';

/** The utility process with the engine, the store and all image work. */
const { parentPort } = process;

serveEngine(
  {
    postMessage: (message) => parentPort.postMessage(message),
    onMessage: (listener) => {
      parentPort.on('message', ({ data }: { data: ToEngine }) => listener(data));
    },
  },
  {
    createEngine,
    nodes,
    providers,
    imageHosts,
    podHosts,
    environment: process.env,
    // sharp's WebAssembly build gives shared memory, and a message that holds any is lost without an error: hence the copy.
    toPng: async (file) => new Uint8Array(await openPicture(file).png({ compressionLevel: 3 }).toBuffer()),
    exit: () => {
      // sharp's WebAssembly build ends its threads by throwing this word; everything of ours is written by now.
      process.on('unhandledRejection', (reason) => {
        if (reason !== 'unwind') console.error(reason);
      });
      process.exit(0);
    },
  },
);
