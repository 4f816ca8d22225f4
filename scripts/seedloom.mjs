#!/usr/bin/env node
// The command line from a checkout: builds it when it is out of date, then becomes it.
import { pathToFileURL } from 'node:url';
import { buildStale, builtFile } from './build.mjs';

await buildStale(['cli'], { quiet: true });
process.argv[1] = builtFile('cli');
const { main } = await import(pathToFileURL(process.argv[1]).href);
await main();
