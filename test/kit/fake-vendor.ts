/**
 * What every fake vendor of the tests has in common: what it saw, what it would have billed, and the faults it can
 * be told to show. A fake listens on loopback only, keeps everything in memory, and imports nothing of the product.
 */

/** What a request is for. One route may be two at once (ComfyUI's history is asked for state and for result). */
export type RequestPoint = 'catalogue' | 'submit' | 'status' | 'result' | 'upload' | 'download' | 'cancel';

/** Refused before anything is looked at; `taken: true` is the treacherous 5xx: the job is taken and charged all the same. */
interface Refuse {
  kind: 'refuse';
  status: number;
  /** Without a body the vendor's own for this status is sent. */
  body?: unknown;
  /** For example `{ 'retry-after': '2' }` or the same as an HTTP-date. */
  headers?: Record<string, string>;
  taken?: boolean;
}
/** The socket is destroyed before the request is processed: nothing happened, nothing is charged. */
interface CutBefore {
  kind: 'cut-before';
}
/** The request is processed (a job is taken and charged), then the socket is destroyed before any answer. */
interface CutDuring {
  kind: 'cut-during';
}
/** Processed and charged; headers and half of the answer's body are sent, then the socket is destroyed. */
interface CutAfter {
  kind: 'cut-after';
}
/** Processed; the answer is 200 with an HTML page (a gateway, a portal). */
interface Html {
  kind: 'html';
}
/** Processed; the answer is 200 with no body. */
interface Empty {
  kind: 'empty';
}
/** Processed; half of the answer's body, with a content-length that says that this is all. */
interface TruncatedJson {
  kind: 'truncated-json';
}
/**
 * Processed; the answer is about another job: its id is another, and so are its pictures. One that names no job stays as it
 * is, and its request is recorded without the fault.
 */
interface OtherJob {
  kind: 'other-job';
}
/** Processed; the answer keeps its keys but every value has another type (a list becomes an object). */
interface WrongTypes {
  kind: 'wrong-types';
}
/** Processed; the answer is held until `release()`, or for `ms` milliseconds. */
interface Slow {
  kind: 'slow';
  ms?: number;
}
/** The vendor refuses the content; nothing is made. */
interface Moderation {
  kind: 'moderation';
}
/** The vendor says that the account is empty; nothing is taken. */
interface NoBalance {
  kind: 'no-balance';
  /** For vendors whose code is not certain (fal: 402 or 403). */
  status?: number;
}
/** The vendor says that the key is wrong, whatever the key is. */
interface BadKey {
  kind: 'bad-key';
}
/** The link to the result is dead. */
interface Expired {
  kind: 'expired';
  status?: 404 | 410;
}
/** The download is text that calls itself image/png. */
interface NotAPicture {
  kind: 'not-a-picture';
}
/** Only so many of the pictures asked for are made (and charged). */
interface PartialBatch {
  kind: 'partial';
  pictures: number;
}
/** The job is taken and fails while it runs. fal: COMPLETED, then the result is the model's error; ComfyUI: execution_error. */
interface JobFailed {
  kind: 'job-failed';
  /** fal: HTTP status of the result, 500 unless told. */
  status?: number;
  message?: string;
}
/** The vendor forgets the job. fal: 404; ComfyUI, on another pod: history `{}`, queue empty, no files, sockets cut. */
interface Lost {
  kind: 'lost';
}

/**
 * The answer comes as events, all pictures are made and charged, and after `after` of them: the socket is destroyed (`cut`),
 * nothing comes until `release()` and then the rest (`hold`), the stream ends as if that were all (`ends`), or the next
 * picture's event cannot be read (`garbage`). `disorder`: the last picture comes first, and the end before the first one.
 */
interface StreamFault {
  kind: 'stream';
  how: 'cut' | 'hold' | 'ends' | 'garbage' | 'disorder';
  after: number;
}

export type FaultDetail =
  | Refuse
  | CutBefore
  | CutDuring
  | CutAfter
  | Html
  | Empty
  | TruncatedJson
  | OtherJob
  | WrongTypes
  | Slow
  | Moderation
  | NoBalance
  | BadKey
  | Expired
  | NotAPicture
  | PartialBatch
  | JobFailed
  | Lost
  | StreamFault;
export type FaultKind = FaultDetail['kind'];

/**
 * A fault is used up by the next `times` (default 1) requests it matches, the oldest fault first; a request shows one
 * fault. `any` matches the first request at which this vendor can show the kind.
 */
export type Fault = FaultDetail & { on: RequestPoint | 'any'; times?: number };

/** Stands in a recorded header in the place of the secret. */
export const REDACTED = '[redacted]';

export interface MultipartSummary {
  fields: Record<string, string>;
  files: { field: string; name: string; contentType: string; bytes: Buffer }[];
}

export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: Record<string, string>;
  /** Lower case. Of an Authorization or X-API-Key header only the scheme is kept: `Key [redacted]`. */
  headers: Record<string, string>;
  /** Parsed JSON, a MultipartSummary, a Buffer for anything else, undefined for no body. */
  body: unknown;
  /** Whether the header carried exactly the key that this fake was created with. */
  authorized: boolean;
  points: readonly RequestPoint[];
  /** The fault this request was shown. */
  fault?: FaultKind;
}

/** What the real vendor would have billed: written when the job is taken, withdrawn where the vendor would not bill. */
export interface Charge {
  jobId: string;
  /** The id that the client gave, at vendors where it can. */
  requestId?: string;
  pictures: number;
  /** Milliseconds since 1970. */
  at: number;
}

export interface FakeVendor {
  /** The origin, no slash at the end. All hosts of the real vendor are this one. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  readonly charges: Charge[];
  /** Faults that are queued and not used up yet. */
  readonly faults: readonly Fault[];
  /** Whether this vendor can show this kind at this kind of request at all. */
  can(kind: FaultKind, on: RequestPoint | 'any'): boolean;
  /** Throws when `can` says no: a fault that never shows would be a test that cannot fail. */
  fail(fault: Fault): void;
  /** Resolves as soon as an answer is being held by `slow`. */
  held(): Promise<void>;
  /** Lets all held answers go. */
  release(): void;
  close(): Promise<void>;
}
