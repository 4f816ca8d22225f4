import { describe, expect, it } from 'vitest';
import { wordsOf } from '#core/words/words';
import * as format from '../../../../renderer/look/format';

describe('money', () => {
  it.each([
    [0, 'free'],
    [0.12, '$0.12'],
    [0.1, '$0.10'],
    [0.0325, '$0.0325'],
    [0.035, '$0.035'],
    [0.00001, '<$0.0001'],
    [1, '$1.00'],
    [12.345, '$12.35'],
    [1234.5, '$1234.50'],
  ])('%f is %s', (usd, text) => expect(format.money(usd)).toBe(text));

  it('adds binary fractions without showing them', () => expect(format.money(0.1 + 0.2)).toBe('$0.30'));
  it('shows an amount of nothing as an amount', () => expect(format.amount(0)).toBe('$0.00'));
  it('joins a range only when it is one', () => {
    expect(format.moneyRange({ low: 0.12, high: 0.12 })).toBe('$0.12');
    expect(format.moneyRange({ low: 0.12, high: 0.24 })).toBe('$0.12–0.24');
    expect(format.moneyRange({ low: 0, high: 0.24 })).toBe('$0.00–0.24');
    expect(format.moneyRange({ low: 0, high: 0 })).toBe('free');
  });
});

describe('counts, times and sizes', () => {
  it.each([
    [0, '0 pictures'],
    [1, '1 picture'],
    [1200, '1,200 pictures'],
  ])('%i', (number, text) => expect(format.count(number, 'picture')).toBe(text));

  it.each([
    [0.04, '0 s'],
    [0.44, '0.4 s'],
    [9.97, '10 s'],
    [12, '12 s'],
    [59.6, '1 min 00 s'],
    [65, '1 min 05 s'],
    [3599.9, '1 h 00 min'],
    [7500, '2 h 05 min'],
  ])('%f seconds are %s', (seconds, text) => expect(format.duration(seconds)).toBe(text));

  it('joins a range of times', () => {
    expect(format.durationRange({ low: 8, high: 20 })).toBe('8–20 s');
    expect(format.durationRange({ low: 40, high: 130 })).toBe('40 s – 2 min 10 s');
    expect(format.durationRange({ low: 65, high: 125 })).toBe('1 min 05 s – 2 min 05 s');
    expect(format.durationRange({ low: 5, high: 5 })).toBe('5 s');
  });

  it.each([
    [512, '512 B'],
    [84_200, '84 KB'],
    [999_600, '1.0 MB'],
    [1_240_000, '1.2 MB'],
  ])('%i bytes are %s', (bytes, text) => expect(format.fileSize(bytes)).toBe(text));

  it('keeps a fraction between 0 and 100 %', () => {
    expect(format.percent(0.424)).toBe('42 %');
    expect(format.percent(-1)).toBe('0 %');
    expect(format.percent(7)).toBe('100 %');
  });
});

describe('when', () => {
  const now = new Date(2026, 10, 21, 15, 30);
  const at = (...parts: [number, number, number, number, number]) =>
    format.when(new Date(...parts).toISOString(), now);
  it('counts minutes, then names days', () => {
    expect(at(2026, 10, 21, 15, 30)).toBe('just now');
    expect(at(2026, 10, 21, 15, 25)).toBe('5 min ago');
    expect(at(2026, 10, 21, 9, 5)).toBe('today 09:05');
    expect(at(2026, 10, 20, 23, 59)).toBe('yesterday 23:59');
    expect(at(2026, 10, 3, 14, 3)).toBe('3 Nov 14:03');
    expect(at(2025, 10, 3, 14, 3)).toBe('3 Nov 2025');
  });
  it('leaves what is no time as it is', () => expect(format.when('soon', now)).toBe('soon'));
});

describe('paths', () => {
  it('splits either kind of slash', () => {
    expect(format.fileName('/a/b/c.seedloom')).toBe('c.seedloom');
    expect(format.fileName('C:\\a\\c.seedloom')).toBe('c.seedloom');
    expect(format.folderName('/a/b/c.seedloom')).toBe('/a/b');
    expect(format.folderName('c.seedloom')).toBe('');
  });
});

describe('in German', () => {
  const german = format.formatsOf(wordsOf('de'));
  /** `Intl` keeps an amount and its sign on one line. */
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  it.each([
    [0, 'kostenlos'],
    [0.12, '0,12 $'],
    [0.0325, '0,0325 $'],
    [0.00001, '<0,0001 $'],
    [1234.5, '1234,50 $'],
  ])('%f is %s', (usd, text) => expect(plain(german.money(usd))).toBe(text));
  it('has the sign once in a range', () =>
    expect(plain(german.moneyRange({ low: 0.12, high: 0.24 }))).toBe('0,12–0,24 $'));
  it('counts', () => {
    expect(german.count(1, 'picture')).toBe('1 Bild');
    expect(german.count(1200, 'picture')).toBe('1.200 Bilder');
  });
  it('writes times and sizes', () => {
    expect(german.duration(0.44)).toBe('0,4 s');
    expect(german.durationRange({ low: 1.5, high: 20 })).toBe('1,5–20 s');
    expect(german.fileSize(1_240_000)).toBe('1,2 MB');
    expect(german.forecastPrice({ low: 0, high: 0 }, true)).toBe('Pod-Zeit');
  });
  it('names days', () => {
    const now = new Date(2026, 10, 21, 15, 30);
    const at = (...parts: [number, number, number, number, number]) =>
      german.when(new Date(...parts).toISOString(), now);
    expect(at(2026, 10, 21, 15, 25)).toBe('vor 5 min');
    expect(at(2026, 10, 20, 23, 59)).toBe('gestern 23:59');
    expect(at(2026, 10, 3, 14, 3)).toBe('3. Nov. 14:03');
    expect(german.dateAndTime(new Date(2025, 10, 3, 14, 3).toISOString())).toBe('3. Nov. 2025, 14:03');
  });
});
