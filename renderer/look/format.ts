import type { Size } from '#core/values';

/** Values as words, the same everywhere in the window. */

/** `0.12` → "$0.12", `0.0325` → "$0.0325", `12` → "$12.00". */
export function amount(usd: number): string {
  if (usd > 0 && usd < 0.0001) return '<$0.0001';
  const digits = Math.abs(usd) < 1 ? 4 : 2;
  const [whole, fraction = ''] = usd.toFixed(digits).split('.');
  return `$${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** A price: "free" for nothing. */
export function money(usd: number): string {
  return usd === 0 ? 'free' : amount(usd);
}

/** "$0.12", or "$0.12–0.24" where it is not certain. */
export function moneyRange({ low, high }: { low: number; high: number }): string {
  if (low === high) return money(high);
  return `${amount(low)}–${amount(high).slice(1)}`;
}

/** A price that is expected. Nothing is free on a pod that is paid for by the hour. */
export function forecastPrice(price: { low: number; high: number }, onPod: boolean): string {
  return price.high === 0 && onPod ? 'pod time' : moneyRange(price);
}

/** "1 picture", "3 pictures". */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}

/** "0.4 s", "12 s", "1 min 05 s", "2 h 05 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(/\.0$/, '')} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** "8–20 s" where both ends have one unit, else "40 s – 2 min 10 s". */
export function durationRange({ low, high }: { low: number; high: number }): string {
  const from = duration(low);
  const to = duration(high);
  if (from === to) return to;
  if (from.endsWith(' s') && to.endsWith(' s') && high < 59.5) return `${from.slice(0, -2)}–${to}`;
  return `${from} – ${to}`;
}

/** Between two ISO times, or `undefined` when one is missing. */
export function secondsBetween(start: string | undefined, end: string | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  return Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000);
}

/** "2048 × 2048". */
export function pixels({ width, height }: Size): string {
  return `${width} × ${height}`;
}

/** "512 B", "84 KB", "1.2 MB", "3.4 GB". */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return bytes < 999_500_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** "42 %". */
export function percent(fraction: number): string {
  return `${Math.round(Math.min(1, Math.max(0, fraction)) * 100)} %`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const wholeDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** An ISO time as seen from `now`: "just now", "5 min ago", "today 14:03", "yesterday 14:03", "3 Nov 14:03", "3 Nov 2025". */
export function when(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return `today ${clock.format(at)}`;
  if (days === 1) return `yesterday ${clock.format(at)}`;
  if (at.getFullYear() === now.getFullYear()) return `${dayAndMonth.format(at)} ${clock.format(at)}`;
  return wholeDay.format(at);
}

/** A time that stays true whenever it is read: "3 Nov 2025, 14:03". */
export function dateAndTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${wholeDay.format(at)}, ${clock.format(at)}`;
}

/** The last part of a path, either kind of slash. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}

/** The folder a path is in, without the name. */
export function folderName(path: string): string {
  return path.slice(0, Math.max(0, path.length - fileName(path).length - 1));
}
