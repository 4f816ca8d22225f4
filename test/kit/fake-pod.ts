import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Actor, SimulatedClock } from './simulated-clock';

const minute = 60_000;

export interface FakePodBody {
  name: string;
  gpu: { id: string; count: number };
  image: string;
  args: string;
  disk: number;
  ports: string[];
  env: Record<string, string>;
  cloud: string;
  mounts: Record<string, unknown>;
}

export interface FakePodWorld {
  clock: SimulatedClock;
  /** Where the pod's container reaches the world: its ComfyUI, its host, and time. */
  inside(id: string): string;
  /** For the little programs of the container. */
  folder: string;
  /** Images that begin by themselves whatever the start command says. */
  deafImages: ReadonlySet<string>;
}

/**
 * One pod: billed by the second while it is up, with a ComfyUI that takes a while to answer and works one job after the other.
 * Its start command is really run, by `sh`; only `sleep` goes by the simulated time.
 */
export class FakePod {
  status: 'PROVISIONING' | 'STARTING' | 'RUNNING' | 'EXITED' | 'ERROR' | 'TERMINATED' = 'EXITED';
  startedAt: number | undefined;
  readonly createdAt: number;
  locked = false;
  gpuCount: number;
  /** Who stopped it, each time. */
  readonly stops: { at: number; by: string; duringJob: boolean }[] = [];
  /** ComfyUI's temporary files. */
  readonly files = new Map<string, string>();
  /** Minutes until the end of each job, the running one first. */
  #jobs: number[] = [];
  #isReady = false;
  #paid = 0;
  #start = 0;
  #scripts:
    | { child: ChildProcess; asks: Readable; actors: Map<string, Actor>; wakes: Map<string, number> }
    | undefined;
  /** Programs of the container's own, by name: what they do, in shell. */
  readonly programs = new Map<string, string>();
  /** The image has no curl. */
  hasCurl = true;
  /** ComfyUI has died; the container has not noticed. */
  isDead = false;

  constructor(
    readonly id: string,
    readonly body: FakePodBody,
    readonly perHour: number,
    private readonly world: FakePodWorld,
    /** Minutes from running to ComfyUI's first answer. */
    private readonly boot: number,
  ) {
    this.createdAt = world.clock.now();
    this.gpuCount = body.gpu.count;
  }

  get key(): string {
    return `pod-key-of-${this.id}`;
  }
  get isUp(): boolean {
    return ['PROVISIONING', 'STARTING', 'RUNNING'].includes(this.status);
  }
  get answers(): boolean {
    return this.status === 'RUNNING' && this.#isReady && !this.isDead;
  }
  get remaining(): number {
    return this.#jobs.length;
  }
  /** Of all its lives. */
  get minutes(): number {
    const now = this.isUp && this.startedAt !== undefined ? this.world.clock.now() - this.startedAt : 0;
    return (this.#paid + now) / minute;
  }
  get cost(): number {
    return (this.minutes / 60) * this.perHour;
  }

  start(): void {
    const { clock } = this.world;
    this.status = 'PROVISIONING';
    this.startedAt = clock.now();
    this.#start += 1;
    const start = this.#start;
    const later = (after: number, happen: () => void) =>
      clock.after(after, () => {
        if (this.#start === start && this.isUp) happen();
      });
    later(30_000, () => (this.status = 'STARTING'));
    later(minute, () => {
      this.status = 'RUNNING';
      this.files.clear();
      this.#begin();
      later(this.boot * minute, () => (this.#isReady = true));
    });
  }

  stop(by: string, status: 'EXITED' | 'TERMINATED' = 'EXITED'): void {
    const { clock } = this.world;
    if (this.isUp) {
      this.stops.push({ at: clock.now(), by, duringJob: this.#jobs.length > 0 });
      this.#paid += clock.now() - (this.startedAt ?? clock.now());
    }
    this.status = status;
    this.#isReady = false;
    this.#jobs = [];
    this.#start += 1;
    this.#endScripts();
  }

  /** Jobs of so many minutes; `Infinity` for one that hangs. */
  work(...minutes: number[]): void {
    const isIdle = this.#jobs.length === 0;
    this.#jobs.push(...minutes);
    if (isIdle) this.#next();
  }

  #next(): void {
    const [first] = this.#jobs;
    const start = this.#start;
    if (first === undefined || first === Infinity) return;
    this.world.clock.after(first * minute, () => {
      if (this.#start !== start) return;
      this.#jobs.shift();
      this.#next();
    });
  }

  /** What survives a stop, on this computer; nothing for a pod without a volume or a kept disk. */
  get volume(): string | undefined {
    const { persistent, network } = this.body.mounts as {
      persistent?: object;
      network?: { volumeId: string }[];
    };
    const name = network?.[0]?.volumeId ?? (persistent === undefined ? undefined : this.id);
    return name === undefined ? undefined : join(this.world.folder, `volume-${name}`);
  }

  /** Where ComfyUI looks for models: in the image, and on the volume. */
  modelFolders(): { name: string; folders: string[] }[] {
    return ['checkpoints', 'diffusion_models', 'loras', 'vae'].map((name) => ({
      name,
      folders: [
        `/image/ComfyUI/models/${name}`,
        ...(this.volume === undefined ? [] : [join(this.volume, 'ComfyUI/models', name)]),
      ],
    }));
  }

  /** As ComfyUI lists them. */
  models(folder: string): string[] | undefined {
    const found = this.modelFolders().find(({ name }) => name === folder);
    return found?.folders
      .filter((path) => existsSync(path))
      .flatMap((path) => readdirSync(path))
      .filter((name) => /\.(safetensors|ckpt|pth?|bin|sft)$/.test(name));
  }

  /** The container's start command, as Docker would take it. */
  #begin(): void {
    const { clock, inside, folder, deafImages } = this.world;
    if (this.body.args === '' || deafImages.has(this.body.image)) return;
    const { entrypoint, cmd } = JSON.parse(this.body.args) as { entrypoint: string[]; cmd: string[] };
    const [program, ...given] = [...entrypoint, ...cmd];
    const bin = join(folder, this.id);
    mkdirSync(bin, { recursive: true });
    const put = (name: string, text: string) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    const address = inside(this.id);
    const scripts = ['watchdog', ...(this.body.env['SEEDLOOM_INSTALLER'] === undefined ? [] : ['installer'])];
    // A script sleeps a thousand times: by pipes, without a program of its own for the asking.
    const wake = (name: string) => join(bin, `wake-${name}`);
    put(
      'nohup',
      `case $2 in *installer*) script=installer ;; *) script=watchdog ;; esac\nexport script\ntrap '' HUP\nexec "$@"`,
    );
    // A script whose world is gone must not go on alone.
    put(
      'sleep',
      `trap '' PIPE\n{ echo "$script $1" >&3 && read -r woken < "${wake('$script')}"; } 2> /dev/null || kill -9 $PPID`,
    );
    for (const [name, text] of this.programs) put(name, text);
    if (this.volume !== undefined) mkdirSync(this.volume, { recursive: true });
    // The image's own beginning; ComfyUI is this file.
    put('begin', ':');
    const wakes = new Map(scripts.map((name) => [name, openedPipe(wake(name))]));
    const child = spawn(
      program!,
      given.map((text) => text.replaceAll('/tmp/', `${bin}/`)),
      {
        env: {
          ...this.body.env,
          PATH: `${bin}:${this.hasCurl ? (process.env['PATH'] ?? '') : withoutCurl(join(bin, 'tools'))}`,
          RUNPOD_POD_ID: this.id,
          RUNPOD_API_KEY: this.key,
          SEEDLOOM_COMFYUI_URL: `${address}/comfyui`,
          SEEDLOOM_API_URL: `${address}/host`,
          SEEDLOOM_WORK: join(bin, 'work'),
          ...(this.volume === undefined ? {} : { SEEDLOOM_VOLUME: this.volume }),
        },
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        detached: true,
      },
    );
    const asks = child.stdio[3] as Readable;
    this.#scripts = { child, asks, actors: new Map(scripts.map((name) => [name, clock.actor()])), wakes };
    createInterface(asks).on('line', (line) => void this.#sleep(line));
  }

  /** A script's own sleep: its name and the seconds. */
  async #sleep(line: string): Promise<void> {
    const scripts = this.#scripts;
    const [name = '', seconds] = line.split(' ');
    await scripts?.actors.get(name)?.sleep(Number(seconds) * 1000);
    const wake = scripts?.wakes.get(name);
    if (wake !== undefined && scripts === this.#scripts) writeSync(wake, '\n');
  }

  /** As the kernel kills what takes too much memory. */
  killScript(name: string): void {
    const { pid } = this.#scripts!.child;
    const [found] = execFileSync('pgrep', ['-g', String(pid), '-f', `seedloom-${name}.sh`], {
      encoding: 'utf8',
    }).split('\n');
    process.kill(Number(found), 'SIGKILL');
    this.#scripts!.actors.get(name)?.leave();
  }

  #endScripts(): void {
    const scripts = this.#scripts;
    this.#scripts = undefined;
    if (scripts === undefined) return;
    for (const actor of scripts.actors.values()) actor.leave();
    try {
      if (scripts.child.pid !== undefined) process.kill(-scripts.child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    scripts.asks.destroy();
    for (const wake of scripts.wakes.values()) closeSync(wake);
  }

  close(): void {
    this.#start += 1;
    this.#endScripts();
  }

  /** As RunPod's v2 shows it. */
  shown(): object {
    const { body, status } = this;
    const actions = {
      RUNNING: ['stop', 'restart', 'terminate'],
      EXITED: ['start', 'terminate'],
      ERROR: ['start', 'terminate'],
      PROVISIONING: ['stop', 'terminate'],
      STARTING: ['stop', 'terminate'],
      TERMINATED: [],
    }[status];
    const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
    return {
      id: this.id,
      name: body.name,
      image: body.image,
      args: body.args,
      disk: body.disk,
      ports: body.ports,
      env: body.env,
      registry: null,
      status,
      actions,
      mounts: body.mounts,
      gpu: { id: body.gpu.id, count: this.gpuCount },
      cloud: body.cloud,
      dataCenterId: 'US-KS-2',
      cudaVersion: '12.8',
      ssh: { proxy: null, direct: null },
      template: null,
      cost: this.isUp ? this.perHour : 0,
      locked: this.locked,
      globalNetworking: { enabled: false },
      runtime: status === 'RUNNING' ? { uptime: 60, gpus: [], ports: [] } : null,
      createdAt: time(this.createdAt),
      startedAt: time(this.startedAt),
    };
  }
}

/** A new named pipe. Open for both ways, so that neither opening nor writing ever waits for the other end. */
function openedPipe(path: string): number {
  rmSync(path, { force: true });
  execFileSync('mkfifo', [path]);
  return openSync(path, 'r+');
}

/** A folder with what the computer's own folders have, but for curl. */
function withoutCurl(folder: string): string {
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  for (const from of (process.env['PATH'] ?? '').split(delimiter).filter((path) => existsSync(path)))
    for (const name of readdirSync(from))
      if (name !== 'curl' && !existsSync(join(folder, name)))
        symlinkSync(join(from, name), join(folder, name));
  return folder;
}
