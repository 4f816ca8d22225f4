import type { PodLease, PodRules } from '#core/pod';
import callsScript from './pod-calls.sh?raw';
import { installerEnvironment } from './pod-installer';
import watchdogScript from './pod-watchdog.sh?raw';

/**
 * The watchdog that lives on a pod: a small shell script that asks ComfyUI on the pod itself for a lease that Seedloom
 * renews, and has the pod stopped when the lease has run out and no job is left. Its design and its limits: docs/pods.md.
 *
 * It counts its own minutes and looks at no clock but that, so that nobody's clock needs to be right. It wants `sh`, `sed`
 * and one of curl, wget and python3. It needs no port of its own: the lease, and its own sign of life, are two small
 * files among ComfyUI's temporary ones, written by `POST /upload/image` and read by `GET /view`.
 */

/** The file Seedloom writes: `<beat> <minutes>`. */
export function leaseFile({ token }: PodLease): string {
  return `lease-${token}.txt`;
}

/** The file the watchdog writes: `<its minutes> <yes or no: it may ask its host about this pod>`. */
export function signFile({ token }: PodLease): string {
  return `watchdog-${token}.txt`;
}

/** What the script is told by the pod's environment. */
export function watchdogEnvironment(lease: PodLease, rules: PodRules): Record<string, string> {
  return {
    SEEDLOOM_WATCHDOG: btoa(callsScript + watchdogScript),
    SEEDLOOM_LEASE: leaseFile(lease),
    SEEDLOOM_SIGN: signFile(lease),
    SEEDLOOM_PORT: String(lease.port),
    SEEDLOOM_LEASE_MINUTES: String(rules.lease),
    SEEDLOOM_JOB_MINUTES: String(rules.job),
    SEEDLOOM_START_MINUTES: String(rules.start),
    SEEDLOOM_MAX_MINUTES: String(rules.maxAge ?? 0),
    ...installerEnvironment(lease),
  };
}

/**
 * The pod's start command: watchdog and installer in the background, then `start`, what the image itself begins with. As
 * JSON, because images of RunPod's own have an entrypoint that would take a plain command for its arguments
 * (docs.runpod.io/pods/templates).
 */
export function watchdogCommand(start: string, lease: PodLease): string {
  const scripts = [inBackground('SEEDLOOM_WATCHDOG', 'watchdog')];
  if (lease.volume !== undefined) scripts.push(inBackground('SEEDLOOM_INSTALLER', 'installer'));
  const begin = [...scripts, `exec ${start}`].join(' ');
  return JSON.stringify({ entrypoint: ['sh', '-c'], cmd: [begin] });
}

function inBackground(variable: string, name: string): string {
  const file = `/tmp/seedloom-${name}.sh`;
  return `printf %s "$${variable}" | base64 -d > ${file}; nohup sh ${file} > /tmp/seedloom-${name}.log 2>&1 &`;
}
