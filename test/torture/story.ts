import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { shopPicture, startFakeShop, type FakeShop } from '#test/kit/fake-shop';
import { Store } from '#engine/store/store';
import { smallModel } from '#test/kit/small-catalogue';
import { auditFolder, type Audit } from './audit';
import type { Order, Word } from './order';
import { killText, type Kill, type Mishap, type Script } from './script';
import { liveHere, startPatient, type Ended, type Patient } from './process';
import { Random } from './random';
import { workflows } from './workflows';

export interface StoryEnd {
  script: Script;
  kills: number;
  /** The planned kills that came about, as texts. */
  reached: string[];
  runs: number;
  processes: number;
  /** The moments passed by a process that was not killed. */
  points: string[];
  /** The longest life of a process that was not killed. */
  milliseconds: number;
  mostCharges: number;
  recoverable: number;
  collected: number;
  inDoubt: number;
  unreadable: string[];
  lost: string[];
  /** Claims that did not hold. */
  broken: string[];
  /** What happened, in order. */
  story: string[];
}

/** No claim needs more: a story that does not end by then goes round in circles. */
const mostRounds = 12;
/** These meet requests or answers while an engine waits for them; the others meet jobs that nobody asks for. */
const ofRequests: ReadonlySet<Mishap> = new Set([
  'stale links',
  'cut before',
  'cut after',
  'refuse',
  'break',
]);

export async function tellStory(worker: string, script: Script): Promise<StoryEnd> {
  const folder = temporaryFolder();
  const shop = await startFakeShop();
  try {
    return await new Story(worker, script, folder.path, shop).tell();
  } finally {
    await shop.close();
    folder.remove();
  }
}

class Story {
  readonly #end: StoryEnd;
  readonly #told: Extract<Word, { type: 'told' }>[] = [];
  readonly #random: Random;
  readonly #paid: Readonly<Record<string, string>>;
  /** Prompts whose job the vendor can no longer deliver. */
  readonly #undeliverable = new Set<string>();

  constructor(
    private readonly worker: string,
    private readonly script: Script,
    private readonly folder: string,
    private readonly shop: FakeShop,
  ) {
    this.#random = new Random(script.seed);
    this.#paid = workflows[script.workflow].paid;
    shop.startState = 'running';
    shop.polls = 1;
    this.#end = {
      script,
      kills: 0,
      reached: [],
      runs: 0,
      processes: 0,
      points: [],
      milliseconds: 0,
      mostCharges: 0,
      recoverable: 0,
      collected: 0,
      inDoubt: 0,
      unreadable: [],
      lost: [],
      broken: [],
      story: [],
    };
  }

  async tell(): Promise<StoryEnd> {
    const end = this.#end;
    try {
      await this.#untilClosed();
      await this.#firstAudit();
      await this.#plainRun();
    } catch (error) {
      end.broken.push(error instanceof Error ? error.message : String(error));
    }
    return end;
  }

  async #untilClosed(): Promise<void> {
    const { together, kills } = this.script;
    const left = [...kills];
    await this.#befall(0);
    for (let round = 1; ; round += 1) {
      if (round > mostRounds) throw new Error('the story does not end');
      if (left.length === 0 && this.script.endsHere) {
        this.#hear(await this.#liveHere('go-on'));
        return;
      }
      const patients: Patient[] = [];
      const now = left.splice(0, together);
      for (let place = 0; place < together; place += 1) {
        const kill = now[place];
        const patient = this.#start('go-on', kill?.at === 'point' ? kill.point : undefined);
        patients.push(patient);
        if (kill !== undefined && kill.at !== 'shop') void this.#watch(kill, patient);
      }
      const atShop = now.find((kill) => kill.at === 'shop');
      if (atShop !== undefined) this.#killFromShop(atShop, patients);
      const ended = await Promise.all(patients.map(({ done }) => done));
      this.shop.onPaid = () => undefined;
      for (const each of ended) this.#hear(each);
      if (ended.every(({ killed }) => !killed)) return;
      await this.#befall(round);
    }
  }

  #start(task: Order['task'], killAt?: string): Patient {
    this.#end.processes += 1;
    const order = this.#order(task);
    return startPatient(this.worker, killAt === undefined ? order : { ...order, killAt });
  }

  #liveHere(task: Order['task']): Promise<Ended> {
    return liveHere(this.#order(task));
  }

  #order(task: Order['task']): Order {
    const { recovery, workflow } = this.script;
    return {
      dataFolder: join(this.folder, 'data'),
      outFolder: join(this.folder, 'out'),
      shop: this.shop.url,
      recovery,
      workflow,
      task,
    };
  }

  /** A kill has come about when the process was still there. */
  async #watch(kill: Kill, patient: Patient): Promise<void> {
    if (kill.at === 'time') await patient.open;
    const timer = kill.at === 'time' ? setTimeout(() => patient.kill(), kill.milliseconds) : undefined;
    const { killed } = await patient.done;
    clearTimeout(timer);
    if (killed) this.#end.reached.push(killText(kill));
  }

  #killFromShop(kill: Extract<Kill, { at: 'shop' }>, patients: readonly Patient[]): void {
    let done = false;
    this.shop.onPaid = (moment, prompt) => {
      if (done || moment !== kill.moment || prompt !== kill.prompt) return undefined;
      done = true;
      for (const patient of patients) patient.kill();
      this.#end.reached.push(killText(kill));
      return moment === 'arrived' ? 'drop' : undefined;
    };
  }

  #hear({ killed, words, milliseconds, trouble }: Ended): void {
    const end = this.#end;
    const points = words.flatMap((word) => (word.type === 'point' ? [word.point] : []));
    if (trouble !== undefined) end.broken.push(trouble);
    if (killed) end.kills += 1;
    else {
      end.points.push(...points);
      end.milliseconds = Math.max(end.milliseconds, milliseconds);
    }
    for (const word of words) if (word.type === 'told') this.#told.push(word);
    for (const word of words) {
      if (word.type === 'did') end.story.push(`a process ${word.did}`);
      if (word.type === 'ended') end.story.push(`run ${word.run} is closed: ${word.outcome}`);
    }
    if (killed) end.story.push(`a process is killed after "${points.at(-1) ?? 'nothing'}"`);
    end.story.push(`charged so far: ${this.shop.charges.join(', ') || 'nothing'}`);
  }

  /** The vendor's own troubles: with the next paid requests, or with jobs while nobody asks. */
  async #befall(round: number): Promise<void> {
    const { shop, script } = this;
    for (const { mishap, after } of script.mishaps) {
      if (round !== (ofRequests.has(mishap) ? 0 : after)) continue;
      this.#end.story.push(`the vendor: ${mishap}`);
      switch (mishap) {
        case 'cut before':
          shop.faults.push({ kind: 'cut-before' });
          break;
        case 'cut after':
          shop.faults.push({ kind: 'cut-after' });
          break;
        case 'refuse':
          shop.faults.push({ kind: 'answer', status: 429, headers: { 'retry-after': '1' } });
          break;
        case 'break':
          shop.faults.push({ kind: 'answer', status: 502 });
          break;
        case 'stale links':
          shop.staleLinks = true;
          break;
        case 'finish alone':
          shop.finish();
          break;
        case 'expire links':
          shop.expireLinks();
          break;
        case 'expire links for good':
          for (const job of shop.jobs.values()) this.#undeliverable.add(job.prompt);
          shop.expireLinks('for good');
          break;
        case 'restart':
          await this.#forget((job) => job.state === 'running');
          break;
        case 'forget': {
          const unlucky = [...shop.jobs.keys()].filter(() => this.#random.chance(0.5));
          await this.#forget((job) => job.asked === true && unlucky.includes(job.id));
          break;
        }
      }
    }
  }

  /**
   * A vendor charges for what it lost only where its word that it had the job was written down here: of a word that was
   * said to a process killed in that very moment nobody can know, and asked again the vendor says it never had the job.
   */
  async #forget(which: Parameters<FakeShop['forget']>[0]): Promise<void> {
    const store = new Store(join(this.folder, 'data'));
    const unwritten = new Set(
      store.openJobs().flatMap(({ job }) => (job.state === 'intended' ? [job.requestId] : [])),
    );
    await store.close();
    const lost = new Set([...this.shop.jobs.values()].filter(which));
    for (const job of lost) {
      this.#undeliverable.add(job.prompt);
      if (unwritten.has(job.requestId)) job.asked = false;
    }
    this.shop.forget((job) => lost.has(job));
  }

  #charges(prompt: string): number {
    return this.shop.charges.filter((charged) => charged === prompt).length;
  }

  /** What must hold once everything that was cut has been gone on with. */
  async #firstAudit(): Promise<void> {
    const end = this.#end;
    const audit = await this.#audit();
    end.runs = audit.runs.length;
    for (const [step, prompt] of Object.entries(this.#paid)) {
      const charges = this.#charges(prompt);
      end.mostCharges = Math.max(end.mostCharges, charges);
      if (charges > 1) end.broken.push(`${step} was charged ${charges} times`);
      const isInDoubt = this.#isInDoubt(audit, step);
      if (isInDoubt) this.#judgeDoubt(audit, step, charges);
      const deliverable = charges > 0 && !this.#undeliverable.has(prompt) && !isInDoubt;
      if (deliverable) {
        end.recoverable += 1;
        if (audit.have.has(step)) end.collected += 1;
        else end.broken.push(`${step} was paid for and not collected (${this.#statesOf(audit, step)})`);
      }
      await this.#isRightPicture(audit, step, prompt);
    }
    this.#judgeMoney(audit);
  }

  /** Doubt is legal only where nothing can be asked, and only while the vendor's word is not written down. */
  #judgeDoubt(audit: Audit, step: string, charges: number): void {
    const end = this.#end;
    const { recovery } = this.script;
    end.inDoubt += 1;
    end.story.push(`${step} is in doubt, charged ${charges} times`);
    if (recovery === 'idempotency-key' || recovery === 'own-id')
      end.broken.push(`${step} is in doubt although it can be asked for (${recovery})`);
    else if (recovery === 'ticket' && audit.runs.some(({ accepted }) => accepted.has(step)))
      end.broken.push(`${step} is in doubt although its ticket is written down`);
  }

  /** With a vendor that does what it should, what we say was billed is what it charged for what it gave. */
  #judgeMoney({ money, have }: Audit): void {
    if (this.script.mishaps.length > 0) return;
    const collected = Object.keys(this.#paid).filter((step) => have.has(step)).length;
    const right = Math.round(collected * smallModel.price.perPicture * 100);
    if (Math.round(money.billed * 100) !== right)
      this.#end.broken.push(`$${money.billed} are said to be billed instead of $${right / 100}`);
  }

  #isInDoubt(audit: Audit, step: string): boolean {
    return (
      !audit.have.has(step) && audit.runs.some(({ state }) => state.steps.get(step)?.state === 'in-doubt')
    );
  }

  #statesOf(audit: Audit, step: string): string {
    return audit.runs.map(({ state }) => state.steps.get(step)?.state ?? 'not there').join(', ');
  }

  async #isRightPicture(audit: Audit, step: string, prompt: string): Promise<void> {
    const hash = audit.have.get(step);
    if (hash === undefined) return;
    const expected = createHash('sha256')
      .update(await shopPicture(prompt))
      .digest('hex');
    if (hash !== expected) this.#end.broken.push(`${step} has a picture of something else`);
  }

  /** A run as any other, with the vendor well again: it asks only for what is really missing, and ends. */
  async #plainRun(): Promise<void> {
    const end = this.#end;
    const { shop, script } = this;
    shop.faults.length = 0;
    const before = await this.#audit();
    const charged = [...shop.charges];
    this.#hear(await (script.endsHere ? this.#liveHere('again') : this.#start('again').done));
    const after = await this.#audit();
    const added = [...shop.charges];
    for (const prompt of charged) added.splice(added.indexOf(prompt), 1);
    for (const [step, prompt] of Object.entries(this.#paid)) {
      const times = added.filter((each) => each === prompt).length;
      if (times > 0 && before.have.has(step))
        end.broken.push(`a plain run paid again for ${step}, which was there`);
      if (times > 0 && this.#isInDoubt(before, step))
        end.broken.push(`a plain run paid again for ${step}, which was in doubt`);
      if (times > 1) end.broken.push(`a plain run paid ${times} times for ${step}`);
    }
    const last = after.runs.at(-1)!;
    const doubts = Object.keys(this.#paid).filter((step) => this.#isInDoubt(after, step));
    if (doubts.length === 0 && last.state.outcome !== 'done')
      end.broken.push(`the plain run ended ${last.state.outcome}`);
    const { files } = workflows[script.workflow];
    if (doubts.length === 0 && after.files !== files)
      end.broken.push(`there are ${after.files} written files instead of ${files}`);
    if (after.openJobs.length !== doubts.length)
      end.broken.push(`${after.openJobs.length} jobs are left open, ${doubts.length} in doubt`);
    end.unreadable.push(...after.unreadable);
    end.lost.push(...after.lost);
    end.broken.push(
      ...after.problems,
      ...after.unreadable.map((what) => `unreadable: ${what}`),
      ...after.lost,
    );
  }

  #audit(): Promise<Audit> {
    return auditFolder(join(this.folder, 'data'), join(this.folder, 'out'), this.#told);
  }
}
