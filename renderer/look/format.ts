import type { Size } from '#core/values';
import type { Words } from '#core/words/words';
import { words } from './words';

/** Values as words, the same everywhere in the window, in its language. */

export type Counted = keyof Words['counts'];

/** How values are written in a language. */
export function formatsOf({ formats: said, counts }: Words) {
  const whole = new Intl.NumberFormat(said.numbers);
  const point = new Intl.NumberFormat(said.numbers).format(0.5).charAt(1);
  const dollars = (digits: number) =>
    new Intl.NumberFormat(said.numbers, {
      style: 'currency',
      currency: 'USD',
      minimumFractionDigits: 2,
      maximumFractionDigits: digits,
      useGrouping: false,
    });
  const [fine, coarse] = [dollars(4), dollars(2)];
  const clock = new Intl.DateTimeFormat(said.dates, { hour: '2-digit', minute: '2-digit' });
  const dayAndMonth = new Intl.DateTimeFormat(said.dates, { day: 'numeric', month: 'short' });
  const wholeDay = new Intl.DateTimeFormat(said.dates, { day: 'numeric', month: 'short', year: 'numeric' });

  /** `0.5` → "0.5": all its digits. */
  const figure = (value: number): string => String(value).replace('.', point);
  const fixed = (value: number, digits: number) => value.toFixed(digits).replace('.', point);

  /** `0.12` → "$0.12", `0.0325` → "$0.0325", `12` → "$12.00". */
  function amount(usd: number): string {
    if (usd > 0 && usd < 0.0001) return `<${fine.format(0.0001)}`;
    return (Math.abs(usd) < 1 ? fine : coarse).format(usd);
  }

  /** A price: "free" for nothing. */
  function money(usd: number): string {
    return usd === 0 ? said.free : amount(usd);
  }

  /** "$0.12", or "$0.12–0.24" where it is not certain. */
  function moneyRange({ low, high }: { low: number; high: number }): string {
    return low === high ? money(high) : said.moneyRange(amount(low), amount(high));
  }

  /** A price that is expected. Nothing is free on a pod that is paid for by the hour. */
  function forecastPrice(price: { low: number; high: number }, onPod: boolean): string {
    return price.high === 0 && onPod ? said.podTime : moneyRange(price);
  }

  /** "1 picture", "3 pictures". */
  function count(number: number, what: Counted): string {
    return `${whole.format(number)} ${number === 1 ? counts[what].one : counts[what].more}`;
  }

  /** "0.4 s", "12 s", "1 min 05 s", "2 h 05 min". */
  function duration(seconds: number): string {
    if (seconds < 9.95) return `${figure(Number(seconds.toFixed(1)))} s`;
    const all = Math.round(seconds);
    if (all < 60) return `${all} s`;
    const two = (value: number) => String(value).padStart(2, '0');
    if (all < 3600) return `${Math.floor(all / 60)} min ${two(all % 60)} s`;
    const minutes = Math.round(all / 60);
    return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
  }

  /** "8–20 s" where both ends have one unit, else "40 s – 2 min 10 s". */
  function durationRange({ low, high }: { low: number; high: number }): string {
    const from = duration(low);
    const to = duration(high);
    if (from === to) return to;
    if (from.endsWith(' s') && to.endsWith(' s') && high < 59.5) return `${from.slice(0, -2)}–${to}`;
    return `${from} – ${to}`;
  }

  /** "512 B", "84 KB", "1.2 MB", "3.4 GB". */
  function fileSize(bytes: number): string {
    if (bytes < 1000) return `${bytes} B`;
    if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
    return bytes < 999_500_000 ? `${fixed(bytes / 1e6, 1)} MB` : `${fixed(bytes / 1e9, 1)} GB`;
  }

  /** An ISO time as seen from `now`: "just now", "5 min ago", "today 14:03", "yesterday 14:03", "3 Nov 14:03", "3 Nov 2025". */
  function when(iso: string, now: Date): string {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return iso;
    const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
    if (minutes < 1) return said.justNow;
    if (minutes < 60) return said.minutesAgo(minutes);
    const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
    const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
    if (days === 0) return said.today(clock.format(at));
    if (days === 1) return said.yesterday(clock.format(at));
    if (at.getFullYear() === now.getFullYear()) return `${dayAndMonth.format(at)} ${clock.format(at)}`;
    return wholeDay.format(at);
  }

  /** A time that stays true whenever it is read: "3 Nov 2025, 14:03". */
  function dateAndTime(iso: string): string {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? iso : `${wholeDay.format(at)}, ${clock.format(at)}`;
  }

  return {
    amount,
    money,
    moneyRange,
    forecastPrice,
    count,
    duration,
    durationRange,
    fileSize,
    figure,
    when,
    dateAndTime,
  };
}

export const {
  amount,
  money,
  moneyRange,
  forecastPrice,
  count,
  duration,
  durationRange,
  fileSize,
  figure,
  when,
  dateAndTime,
} = formatsOf(words);

/** Between two ISO times, or `undefined` when one is missing. */
export function secondsBetween(start: string | undefined, end: string | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  return Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000);
}

/** "2048 × 2048". */
export function pixels({ width, height }: Size): string {
  return `${width} × ${height}`;
}

/** "42 %". */
export function percent(fraction: number): string {
  return `${Math.round(Math.min(1, Math.max(0, fraction)) * 100)} %`;
}

/** The last part of a path, either kind of slash. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}

/** The folder a path is in, without the name. */
export function folderName(path: string): string {
  return path.slice(0, Math.max(0, path.length - fileName(path).length - 1));
}
