import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { drawPicture } from './draw-picture';
import type { Charge, Fault } from './fake-vendor';
import { bytesAnswer, textAnswer, type Answer } from './fake-vendor-server';

/** What the vendors of these fakes have in common: jobs that are asked for, files with plain links, and a bill. */
export interface FakeJob {
  id: string;
  /** What its pictures are drawn from. */
  input: { width: number; height: number; pictures: number; from: string };
  /** How many it makes in the end. */
  makes: number;
  polls: number;
  failed?: 'moderation' | 'reference' | 'trouble' | 'cancelled';
  message?: string;
}

interface FakeJobsOptions {
  /** The question with this number is the first that finds the job ended. */
  pollsUntilDone: number;
  /** Whether the vendor gives the money back for a job that fails. */
  refunds: boolean;
}

export class FakeJobs {
  readonly charges: Charge[] = [];
  readonly #jobs = new Map<string, FakeJob>();
  readonly #files = new Map<string, { bytes: Buffer; contentType: string }>();

  constructor(private readonly options: FakeJobsOptions) {}

  /** Takes a job and charges for every picture it was asked for. `id`: the client's own, at vendors where it gives one. */
  take(input: FakeJob['input'], id: string = randomUUID()): FakeJob {
    const job: FakeJob = { id, input, makes: input.pictures, polls: 0 };
    this.#jobs.set(job.id, job);
    this.charges.push({ jobId: job.id, pictures: input.pictures, at: Date.now() });
    return job;
  }

  get(id: string | undefined): FakeJob | undefined {
    return this.#jobs.get(id ?? '');
  }

  /** The faults that shape what becomes of a job. */
  shape(job: FakeJob, fault: Fault | undefined): void {
    if (fault?.kind === 'moderation') this.fail(job, 'moderation');
    if (fault?.kind === 'job-failed') this.fail(job, 'trouble', fault.message);
    if (fault?.kind === 'lost') this.#jobs.delete(job.id);
    if (fault?.kind === 'partial') job.makes = Math.min(job.makes, fault.pictures);
  }

  fail(job: FakeJob, failed: NonNullable<FakeJob['failed']>, message?: string): void {
    job.failed = failed;
    if (message !== undefined) job.message = message;
    const index = this.charges.findIndex(({ jobId }) => jobId === job.id);
    if (this.options.refunds && index >= 0) this.charges.splice(index, 1);
  }

  /** Counts one question. */
  ask(job: FakeJob): 'new' | 'working' | 'ended' {
    job.polls += 1;
    return this.state(job);
  }

  state(job: FakeJob): 'new' | 'working' | 'ended' {
    if (job.failed !== undefined || job.polls >= this.options.pollsUntilDone) return 'ended';
    return job.polls <= 1 ? 'new' : 'working';
  }

  /** The paths of the job's pictures, real files of the size asked for. */
  async draw({ id, input, makes }: FakeJob): Promise<string[]> {
    const paths: string[] = [];
    for (let index = 0; index < makes; index += 1) {
      const path = `/files/result/${id}-${index}.png`;
      const { width, height, from } = input;
      if (!this.#files.has(path)) {
        const bytes = await drawPicture({ width, height, from: `${from} ${index}` });
        this.#files.set(path, { bytes, contentType: 'image/png' });
      }
      paths.push(path);
    }
    return paths;
  }

  /** Stores an upload, gives its path. */
  async keep(bytes: Buffer): Promise<{ path: string; format: string }> {
    const { format } = await sharp(bytes).metadata();
    const path = `/files/upload/${randomUUID()}.${format}`;
    this.#files.set(path, { bytes, contentType: `image/${format}` });
    return { path, format };
  }

  /** Links elsewhere are believed; a link to this fake's own files must lead to one. */
  canFetch(link: string, origin: string): boolean {
    return !link.startsWith(`${origin}/`) || this.#files.has(link.slice(origin.length));
  }

  file(path: string): Answer {
    const file = this.#files.get(path);
    return file ? bytesAnswer(200, file.bytes, file.contentType) : textAnswer(404, 'Not Found');
  }
}
